package org.mailtrace.proofpoint.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordReader;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.settings.ProofpointSettings;

/** Follows the log stream while the service runs, if questions are to be answered from it. */
@ApplicationScoped
class LogStream implements Evidence {
    private static final Known NOTHING = StoredEvidence.told(Proven.NOTHING, Optional.empty(), StoredEvidence.NOT_OURS);

    private final ProofpointSettings settings;
    private final StreamSettings stream;
    private final TlsConfigurationRegistry tls;
    private final Instance<TraceIndex> index;
    private final MeterRegistry registry;
    private final Clock clock;
    private volatile Optional<Streams> streams = Optional.empty();

    LogStream(
            ProofpointSettings settings,
            StreamSettings stream,
            TlsConfigurationRegistry tls,
            Instance<TraceIndex> index,
            MeterRegistry registry,
            Clock clock) {
        this.settings = settings;
        this.stream = stream;
        this.tls = tls;
        this.index = index;
        this.registry = registry;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        if (!settings.ask().readsStream()) {
            return;
        }
        StreamSettingsCheck.faultIn(stream, settings.plainHttp()).ifPresent(fault -> {
            throw new ConfigurationException(fault);
        });
        RecordReader reader = new RecordReader();
        Streams begun = new Streams(
                stream,
                new Connector(stream, trust(), clock),
                reader::read,
                index.get(),
                clock,
                new StreamMetrics(registry, clock)::watch);
        streams = Optional.of(begun);
        begun.start();
    }

    private Optional<SSLContext> trust() {
        return settings.tlsConfiguration().flatMap(tls::get).map(configuration -> {
            try {
                return configuration.createSSLContext();
            } catch (Exception e) {
                throw new ConfigurationException(
                        "Set mailtrace.proofpoint.tls-configuration to one that can be read: its trust store cannot.",
                        e);
            }
        });
    }

    void stop(@Observes ShutdownEvent stopped) {
        streams.ifPresent(Streams::close);
    }

    @Override
    public Known of(RecordType type) {
        return streams.map(following -> following.of(type)).orElse(NOTHING);
    }
}
