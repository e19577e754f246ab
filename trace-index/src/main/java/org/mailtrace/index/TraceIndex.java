package org.mailtrace.index;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a source's log, grouped into messages and found again in milliseconds. Any number of threads read; a part is read
 * into it by one process at a time, and a store that is a file is written by one process in all. Every method throws {@link IndexException} when the store fails; none of them ever answers with less
 * than it found.
 */
public interface TraceIndex extends AutoCloseable {
    /**
     * Stores rows together with where their reader stands, all or nothing. A row that is already here is left as it is,
     * so that reading a log twice changes nothing. Where a reader stands is stored only for who has the right to read that
     * part, which is taken if nobody has it.
     *
     * @throws ClaimLostException if this process had that right and has it no more; also from then on, until {@link #claim}
     *     has said so and, asked once more, that it has it again
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
     * are removed too. A store that removes whole days takes the beginning of that day, UTC, for the moment.
     *
     * @return how many messages were removed; less than the limit once no older one is left
     */
    int purge(Instant before, int limit);

    /**
     * Takes the right to read a part into the store for this process, or keeps it, and says whether it has it now. Of several
     * processes with the same store, one at most has it, and another one takes over at its death, however it ends. A store
     * that is a file has one right for all parts.
     *
     * @param part what is read
     * @return false also where this process lost the right since it last asked, and could have it back: whatever it
     *     remembers of the part may not be so any more, and has to be read again before it asks once more
     */
    boolean claim(String part);

    /**
     * Why this program may not use the store at all, in one sentence, where a newer Mailtrace has changed it while this
     * process waited for it. It is the other replicas' then. It ends when the store may be used again.
     */
    default Optional<String> refusal() {
        return Optional.empty();
    }

    /** Whether replicas on several machines share the store, so that what one of them reads, others answer from. */
    boolean isShared();

    /** Before when nothing is claimed any more, because it was purged; empty if nothing ever was. */
    Optional<Instant> purgedBefore();

    /** Why the store cannot be written or trusted at the moment, as one sentence; empty while all is well. */
    Optional<String> trouble();

    /** Where the readers of a part stand, by stream. */
    Map<String, String> checkpoints(String part);

    /**
     * Forgets where the readers of streams stood that will not come again; what was read of them stays. Only for who has
     * the right to read that part, as when something is stored.
     *
     * @throws ClaimLostException as {@link #append} does
     */
    void forget(String part, Collection<String> streams);

    /** How far the evidence of a part goes, by lane. */
    List<Coverage> coverage(String part);

    /** Records of a part that could not be read and were set aside, newest first, at most so many. */
    List<DeadLetter> deadLetters(String part, int limit);

    /** How many records of a part were set aside and are kept: the newest 10,000, until they are purged. */
    long deadLetterCount(String part);

    /** How large the store is now; quick also where it holds years. */
    IndexSize size();

    @Override
    void close();
}
