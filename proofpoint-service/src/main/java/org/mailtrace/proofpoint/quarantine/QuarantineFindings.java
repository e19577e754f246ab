package org.mailtrace.proofpoint.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.proofpoint.slicing.Harvest;
import org.mailtrace.proofpoint.words.Sentences;

/** What the folders brought. */
public final class QuarantineFindings {
    private final Map<String, Map<String, Harvest<HeldRecord>>> byFolder;
    private final Instant settledUntil;

    QuarantineFindings(Map<String, Map<String, Harvest<HeldRecord>>> byFolder, Instant settledUntil) {
        this.byFolder = byFolder;
        this.settledUntil = settledUntil;
    }

    /**
     * Whether a message is still held: present where one folder shows it; gone only if every folder was read, no record of
     * the recipient's is without a GUID, and the message was held long enough ago to show up there.
     */
    public QuarantineState stateOf(String guid, String recipient, Instant heldAt) {
        String address = recipient.toLowerCase(Locale.ROOT);
        List<Harvest<HeldRecord>> asked = byFolder.values().stream()
                .flatMap(harvests -> Optional.ofNullable(harvests.get(address)).stream())
                .toList();
        boolean present =
                asked.stream().flatMap(harvest -> harvest.rows().stream()).anyMatch(row -> row.isOf(guid, address));
        if (present) {
            return QuarantineState.PRESENT;
        }
        boolean everyFolderRead = !asked.isEmpty()
                && asked.stream().allMatch(harvest -> harvest.state().looked());
        boolean anyMayBeIt =
                asked.stream().flatMap(harvest -> harvest.rows().stream()).anyMatch(row -> row.mayBeOf(address));
        return everyFolderRead && !anyMayBeIt && heldAt.isBefore(settledUntil)
                ? QuarantineState.GONE
                : QuarantineState.UNKNOWN;
    }

    /** Each folder that was asked, with its own state. */
    public List<SourcePart> parts() {
        return byFolder.entrySet().stream()
                .map(folder -> part(folder.getKey(), folder.getValue().values()))
                .toList();
    }

    /** The longest wait that a folder asked for. */
    public Optional<Duration> retryAfter() {
        return byFolder.values().stream()
                .flatMap(harvests -> harvests.values().stream())
                .flatMap(harvest -> harvest.retryAfter().stream())
                .max(Duration::compareTo);
    }

    /** The name of a folder's part. */
    public static String partName(String folder) {
        return "quarantine/" + folder;
    }

    private static SourcePart part(String folder, Collection<Harvest<HeldRecord>> harvests) {
        SourceState state =
                SourceState.ofParts(harvests.stream().map(Harvest::state).toList());
        Optional<String> explanation = state.looked()
                ? Optional.empty()
                : harvests.stream()
                        .filter(harvest -> !harvest.state().looked())
                        .flatMap(harvest -> harvest.explanation().stream())
                        .findFirst()
                        .map(why -> Sentences.folderNotReadWhole(folder) + " " + why)
                        .or(() -> Optional.of(Sentences.folderNotReadWhole(folder)));
        return new SourcePart(partName(folder), state, Optional.empty(), Optional.empty(), explanation);
    }
}
