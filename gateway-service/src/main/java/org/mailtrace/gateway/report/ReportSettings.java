package org.mailtrace.gateway.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How reports are worked on and how long their results are kept. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.reports")
public interface ReportSettings {
    /** How long a result is kept once the report is over. */
    @WithDefault("168h")
    Duration keepFor();

    /** How often results that were kept long enough are removed; they are not shown any more before that. */
    @WithDefault("1m")
    Duration sweep();

    /** How many reports this process works on at the same time; none where it only takes them in. */
    @WithDefault("2")
    @Min(0)
    @Max(20)
    int workers();

    /** How long a process may give no sign of life before another one goes on with its report. */
    @WithDefault("3m")
    Duration lease();

    /** How often an idle worker looks for a report that another process took in, or that is due again. */
    @WithDefault("1s")
    Duration poll();

    /** How many unfinished reports one caller may have. */
    @WithDefault("5")
    @Min(1)
    int maxUnfinished();

    /** How many rows of a source are asked for in one page. */
    @WithDefault("500")
    @Min(1)
    @Max(1000)
    int pageSize();

    /** How many pages of one source are read. */
    @WithDefault("1000")
    @Min(1)
    int maxPages();

    /** How many rows of one source a report takes; all of them are in memory while it is concluded. */
    @WithDefault("10000")
    @Min(1)
    int maxRows();

    /** What the rows of one source may take as JSON, a character counted as one byte; as objects they take up to six times that. */
    @WithDefault("16000000")
    @Min(10000)
    int maxBytes();

    /** How long one step, a page of every source, may take. */
    @WithDefault("30s")
    Duration stepBudget();

    /** How long messages are followed to their next system at the end. */
    @WithDefault("90s")
    Duration followFor();

    /** How many outages in a row of one source a report outlives. */
    @WithDefault("6")
    @Min(0)
    int maxFailures();

    /** The pause after the first outage; it doubles with each further one. */
    @WithDefault("5s")
    Duration firstPause();

    /** The longest pause after an outage. */
    @WithDefault("5m")
    Duration longestPause();

    /** The longest time between two looks at a report of a source, whatever it says; its proof of absence grows old. */
    @WithDefault("1m")
    Duration longestWait();

    /** After this time a report ends with what it has, whatever it waits for. */
    @WithDefault("24h")
    Duration giveUpAfter();

    /** How long to wait before a step is stored again after the store failed. */
    @WithDefault("5s")
    Duration storePause();

    /** How long a stop of the service waits for the steps under way. */
    @WithDefault("10s")
    Duration stopWithin();
}
