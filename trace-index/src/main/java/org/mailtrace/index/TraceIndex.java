package org.mailtrace.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a source's log, grouped into messages and found again in milliseconds. One process writes, any number of
 * threads read. Every method throws {@link IndexException} when the store fails; none of them ever answers with less
 * than it found.
 */
public interface TraceIndex extends AutoCloseable {
    /**
     * Stores rows together with where their reader stands, all or nothing. A row that is already here is left as it is,
     * so that reading a log twice changes nothing.
     */
    void append(Batch batch);

    /**
     * Searches, newest first.
     *
     * @throws IndexDeadlineException if the query's deadline passed before all was searched
     */
    Found search(IndexQuery query);

    /** One message by its group key. */
    Optional<IndexedMessage> find(String group);

    /**
     * Removes up to {@code limit} messages whose last row is older than {@code before}, with everything they are found
     * by, and lets the evidence of every lane begin no earlier than that, in one transaction. From then on no older
     * evidence can be claimed, whatever coverage is stored later. Records that were set aside before then, by the clock,
     * are removed too.
     *
     * @return how many messages were removed; less than the limit once no older one is left
     */
    int purge(Instant before, int limit);

    /**
     * Takes the right to write for this process, as the first {@link #append} does, and says whether it has it now. It
     * goes back when the process ends, however it ends: of several processes with the same store, one at most has it, and
     * another one takes over at its death.
     *
     * @param what what is done with the right; for the log only, because a store has one right for everything
     */
    boolean claim(String what);

    /** Before when nothing is claimed any more, because it was purged; empty if nothing ever was. */
    Optional<Instant> purgedBefore();

    /** Why the store cannot be written or trusted at the moment, as one sentence; empty while all is well. */
    Optional<String> trouble();

    /** Where the readers of a part stand, by stream. */
    Map<String, String> checkpoints(String part);

    /** How far the evidence of a part goes, by lane. */
    List<Coverage> coverage(String part);

    /** Records of a part that could not be read and were set aside, newest first, at most so many. */
    List<DeadLetter> deadLetters(String part, int limit);

    /** How many records of a part were set aside and are kept: the newest 10,000, until they are purged. */
    long deadLetterCount(String part);

    @Override
    void close();
}
