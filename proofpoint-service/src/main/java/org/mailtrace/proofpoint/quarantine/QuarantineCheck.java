package org.mailtrace.proofpoint.quarantine;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.AtOnce;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.slicing.Harvest;
import org.mailtrace.proofpoint.slicing.SlicedReading;
import org.mailtrace.proofpoint.slicing.Window;

/** Looks held messages up in every folder, and says of each whether it is still there. */
@ApplicationScoped
public class QuarantineCheck {
    private final QuarantineFolders folders;
    private final ProofpointSettings settings;
    private final AtOnce atOnce;
    private final Clock clock;

    QuarantineCheck(QuarantineFolders folders, ProofpointSettings settings, AtOnce atOnce, Clock clock) {
        this.folders = folders;
        this.settings = settings;
        this.atOnce = atOnce;
        this.clock = clock;
    }

    /** Folders that are always asked; none where the site has no REST API. */
    public List<String> configuredFolders() {
        return isPossible() ? folders.configured() : List.of();
    }

    /** Whether the quarantine can be asked at all. */
    public boolean isPossible() {
        return settings.url().isPresent();
    }

    /** Looks all of them up; each recipient costs one request and more only where the vendor cuts. */
    public QuarantineFindings check(List<HeldMessage> held, Deadline deadline) {
        SlicedReading<HeldRecord> reading =
                new SlicedReading<>(this::isCut, settings.quarantine().maxRequests());
        Map<String, List<HeldMessage>> byRecipient = held.stream()
                .collect(Collectors.groupingBy(
                        message -> message.recipient().toLowerCase(Locale.ROOT),
                        LinkedHashMap::new,
                        Collectors.toList()));
        Map<String, Map<String, Harvest<HeldRecord>>> harvests = new LinkedHashMap<>();
        List<Runnable> work = new ArrayList<>();
        byRecipient.forEach((recipient, messages) -> {
            Window window = windowAround(messages);
            for (String folder : foldersOf(messages)) {
                Harvest<HeldRecord> harvest = reading.harvestOf(window);
                harvests.computeIfAbsent(folder, name -> new LinkedHashMap<>()).put(recipient, harvest);
                work.add(() -> reading.run(
                        window,
                        slice -> folders.ask(folder, recipient, slice),
                        (rows, downTo) -> false,
                        deadline,
                        harvest));
            }
        });
        atOnce.run(work, settings.quarantine().atOnce(), deadline);
        return new QuarantineFindings(harvests, clock.instant().minus(settings.settlingTime()));
    }

    /** A cluster that does not take a limit as high as ours cuts at its own, without a word. */
    private boolean isCut(int records) {
        return records >= settings.quarantine().limit()
                || settings.quarantine().suspiciousCounts().contains(records);
    }

    /** A message may lie in a folder that nobody configured: then that one is asked too. */
    private Set<String> foldersOf(List<HeldMessage> messages) {
        return Stream.concat(
                        folders.configured().stream(), messages.stream().flatMap(message -> message.folder().stream()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Window windowAround(List<HeldMessage> messages) {
        Instant first =
                messages.stream().map(HeldMessage::at).min(Instant::compareTo).orElseThrow();
        Instant last =
                messages.stream().map(HeldMessage::at).max(Instant::compareTo).orElseThrow();
        return new Window(
                first.minus(settings.quarantine().margin()),
                last.plus(settings.quarantine().margin()));
    }
}
