package org.mailtrace.exo.cmdlet;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.mailtrace.http.guard.GuardSettings;

/** Where Exchange Online takes cmdlets and how it is asked. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.exo")
public interface CmdletSettings {
    /** The address in front of {@code /adminapi}; differs in national clouds. */
    @WithDefault("https://outlook.office365.com")
    URI exchangeUrl();

    /** What the access token is for; differs in national clouds. */
    @WithDefault("https://outlook.office365.com/.default")
    String exchangeScope();

    /** The tenant's id, a GUID; without it the access token tells it. */
    Optional<String> tenantId();

    /** Rows per page. Exchange Online allows 5000, but gives at most 1000 in one reply and needs long for more. */
    @WithDefault("1000")
    @Min(1)
    @Max(5000)
    int exchangeResultSize();

    /** How many pages one request for rows is followed. */
    @WithDefault("10")
    @Min(1)
    int exchangeMaxPages();

    /** How long one request may take, its whole body included: a cmdlet is slower than a page of Graph. */
    @WithDefault("8s")
    Duration exchangeRequestTimeout();

    /** A search that Exchange Online gives up on is split into halves until they are this narrow. */
    @WithDefault("1h")
    Duration exchangeNarrowestWindow();

    /** The guard in front of it. */
    GuardSettings exchangeGuard();
}
