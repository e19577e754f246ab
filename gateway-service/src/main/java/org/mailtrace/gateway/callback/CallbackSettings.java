package org.mailtrace.gateway.callback;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How and where to it is called back. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.callbacks")
public interface CallbackSettings {
    /** The key of the signature: {@code whsec_} and 24 to 64 random bytes in Base64. Without it there are no call-backs. */
    Optional<String> secret();

    /** Hosts, {@code *.domains} and networks that may be called although their addresses are private. */
    Optional<List<String>> allowed();

    /** Whether http may be used as well; whoever is on the way can read the ids of reports then. */
    @WithDefault("false")
    boolean plainHttp();

    /** The name of a TLS configuration ({@code quarkus.tls.NAME.*}) with the trusted issuers; the JDK's without. */
    Optional<String> tls();

    /** How long one attempt may take, looking the name up included. */
    @WithDefault("15s")
    Duration timeout();

    /** How long a name is looked up at most, also while the order is taken; it is a part of {@link #timeout()}. */
    @WithDefault("5s")
    Duration lookUpTimeout();

    /** The pauses between attempts; with the first one there is one attempt more than there are pauses. */
    @WithDefault("5s,5m,30m,2h,5h,10h,14h,20h,24h")
    List<Duration> pauses();

    /** By how much of itself a pause is made longer at most, at random, so that not everything comes at once. */
    @WithDefault("0.1")
    double jitter();

    /** How many call-backs this process makes at the same time; none where it only takes reports in. */
    @WithDefault("2")
    @Min(0)
    @Max(20)
    int workers();

    /** How often an idle worker looks for a call-back that is due. */
    @WithDefault("1s")
    Duration poll();

    /** How long a process may give no sign of life before another one goes on; longer than an attempt. */
    @WithDefault("1m")
    Duration lease();

    /** How long the attempts are kept once they are over. */
    @WithDefault("168h")
    Duration keepFor();
}
