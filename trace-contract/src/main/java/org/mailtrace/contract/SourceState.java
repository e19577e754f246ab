package org.mailtrace.contract;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How one source, or one part of it, answered one question. The constants are documented by their consequence: only a
 * state that {@linkplain #looked() looked} may ever support "nothing was found".
 */
public enum SourceState {
    /** Searched the whole window; further pages come with {@code next}, nothing is lost. */
    ANSWERED(true, false),
    /** Not asked because the caller left it out. */
    NOT_ASKED(false, false),
    /** Does not know this kind of id or filter; asking again changes nothing. */
    CANNOT_ANSWER(false, false),
    /** Rows exist that cannot be reached; a narrower question reaches them. */
    TRUNCATED(false, false),
    /** Only a report can answer. */
    REPORT_REQUIRED(false, false),
    /** Part of the window is older than the source keeps its traces. */
    OUT_OF_RETENTION(false, false),
    /** Some parts did not look: a server, a folder, a stretch of a log. */
    PARTIAL(false, true),
    /** The vendor's quota is spent; {@code retryAfterSeconds} says for how long. */
    THROTTLED(false, true),
    /** No answer in time. */
    TIMED_OUT(false, true),
    /** Not asked, because it keeps failing. */
    CIRCUIT_OPEN(false, true),
    /** Failed. */
    FAILED(false, true),
    /** Credential or permission refused; an administrator has to act. */
    DENIED(false, false);

    private final boolean looked;
    private final boolean passesByItself;

    SourceState(boolean looked, boolean passesByItself) {
        this.looked = looked;
        this.passesByItself = passesByItself;
    }

    /** Whether the whole window was searched, so that an empty list means something. */
    public boolean looked() {
        return looked;
    }

    /** Whether the same question may be answered later without anybody changing anything. */
    public boolean passesByItself() {
        return passesByItself;
    }

    /**
     * The state of a source made of parts. Parts that agree give their common state. When some looked and others did
     * not, the whole is {@link #PARTIAL} if that passes by itself, else the worst of those that did not look: waiting
     * does not help then, and the caller must be told so.
     *
     * @param parts at least one state
     * @throws IllegalArgumentException if there are no parts
     */
    public static SourceState ofParts(Collection<SourceState> parts) {
        List<SourceState> blind = parts.stream().filter(state -> !state.looked).toList();
        if (blind.isEmpty()) {
            return parts.stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("a source without parts has no state"));
        }
        SourceState worst = blind.stream().max(Comparator.naturalOrder()).orElseThrow();
        boolean someLooked = blind.size() < parts.size();
        return someLooked && worst.passesByItself ? PARTIAL : worst;
    }
}
