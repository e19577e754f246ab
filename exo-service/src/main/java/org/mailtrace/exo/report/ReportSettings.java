package org.mailtrace.exo.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How reports are worked on and how long their results are kept. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.exo.report")
public interface ReportSettings {
    /** How long a result is kept once the report is over. */
    @WithDefault("168h")
    Duration keepFor();

    /** How many reports this process works on at the same time; none where it only takes them in. */
    @WithDefault("2")
    @Min(0)
    @Max(20)
    int workers();

    /** How long a process may give no sign of life before another one goes on with its report; longer than a page takes. */
    @WithDefault("2m")
    Duration lease();

    /** How often an idle worker looks for a report that another process took in. */
    @WithDefault("5s")
    Duration poll();

    /** How many unfinished reports one caller may have. */
    @WithDefault("5")
    @Min(1)
    int maxUnfinished();

    /** How many rows one report keeps. */
    @WithDefault("500000")
    @Min(1)
    int maxRows();

    /** How many pages of one stretch are followed before it is halved, which gives each half pages of its own. */
    @WithDefault("500")
    @Min(1)
    int maxPagesPerStretch();

    /** How long one step, a page or the events of a recipient, may take with its retries. */
    @WithDefault("30s")
    Duration stepBudget();

    /** How many outages in a row a report outlives. */
    @WithDefault("10")
    @Min(0)
    int maxFailures();

    /** The pause after the first outage; it doubles with each further one. */
    @WithDefault("10s")
    Duration firstPause();

    /** The longest pause after an outage. */
    @WithDefault("10m")
    Duration longestPause();

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
