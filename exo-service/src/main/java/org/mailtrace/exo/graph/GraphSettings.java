package org.mailtrace.exo.graph;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import org.mailtrace.http.guard.GuardSettings;

/** Where Microsoft Graph is and how it is asked. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.exo")
public interface GraphSettings {
    /** Graph's address with its version; differs in national clouds, which do not offer message traces so far. */
    @WithDefault("https://graph.microsoft.com/v1.0")
    URI graphUrl();

    /** Rows per page. Graph allows 5000, but such a page takes 2 to 4 seconds. */
    @WithDefault("2000")
    @Min(1)
    @Max(5000)
    int pageSize();

    /** What the access token is for; differs in national clouds. */
    @WithDefault("https://graph.microsoft.com/.default")
    String scope();

    /** How many pages one request for rows is followed. */
    @WithDefault("5")
    @Min(1)
    int maxPages();

    /** How many pages of one slice a report is followed: a chain without an end stops there. */
    @WithDefault("5000")
    @Min(1)
    int maxReportPages();

    /** The guard in front of Graph. */
    GuardSettings graphGuard();
}
