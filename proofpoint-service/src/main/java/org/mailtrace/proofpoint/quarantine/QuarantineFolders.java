package org.mailtrace.proofpoint.quarantine;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.vendor.Cluster;
import org.mailtrace.proofpoint.vendor.ManagedModule;
import org.mailtrace.proofpoint.vendor.VendorDates;
import org.mailtrace.proofpoint.words.Sentences;

/** Asks one folder of the quarantine, each behind a guard of its own: a folder that fails does not blind the others. */
@ApplicationScoped
class QuarantineFolders {
    private final QuarantineApi api;
    private final Cluster cluster;
    private final ProofpointSettings.HeldMail settings;
    private final List<String> configured;
    private final Map<String, Guarded> guards;
    private final Guarded otherFolders;

    QuarantineFolders(Cluster cluster, ProofpointSettings settings, Clock clock) {
        this.cluster = cluster;
        this.settings = settings.quarantine();
        this.configured = settings.quarantineFolders().stream()
                .map(String::strip)
                .distinct()
                .toList();
        this.api = cluster.client(
                QuarantineApi.class,
                ManagedModule.QUARANTINE,
                this.settings.guard().timeout());
        this.guards = configured.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        folder -> new Guarded("Proofpoint quarantine folder " + folder, this.settings.guard(), clock),
                        (first, second) -> first,
                        LinkedHashMap::new));
        this.otherFolders = new Guarded("Proofpoint quarantine, other folders", this.settings.guard(), clock);
    }

    List<String> configured() {
        return configured;
    }

    /**
     * Records of one recipient in one folder.
     *
     * @throws SourceFailure if the folder does not answer
     */
    List<HeldRecord> ask(String folder, String recipient, Window slice) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("rcpt", recipient);
        parameters.put("folder", folder);
        parameters.put("startdate", VendorDates.forQuarantine(slice.from()));
        parameters.put("enddate", VendorDates.forQuarantine(slice.to()));
        parameters.put("limit", Integer.toString(settings.limit()));
        return guards.getOrDefault(folder, otherFolders)
                .call(() -> read(parameters), HeldRecord.Records.class)
                .records();
    }

    private HeldRecord.Records read(Map<String, String> parameters) throws IOException {
        return HeldRecord.Records.of(cluster.ask(ManagedModule.QUARANTINE, () -> api.list(parameters)))
                .orElseThrow(() ->
                        new SourceFailure(SourceState.FAILED, Sentences.unreadable(ManagedModule.QUARANTINE.called())));
    }
}
