package org.mailtrace.gateway.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is known of a file's chain.
 *
 * @param end where the first line begins that was not read yet
 * @param lines how many lines were read
 * @param digest of the last line that was read
 * @param brokenAt the number of the first line that does not fit the one before, counted from 1; 0 if all do
 * @param since when it began to be read from the file's beginning, UTC
 * @param oldest of all times in it, UTC; the end of time if there is none
 * @param newest the time of the last line, UTC; the end of time if that is no record
 */
record Chain(long end, long lines, String digest, long brokenAt, Instant since, Instant oldest, Instant newest) {
    /** Whoever moves the file away begins a new chain, so the first line has none before it. */
    static Chain beginning(Instant now) {
        return new Chain(0, 0, "", 0, now, Instant.MAX, Instant.MAX);
    }

    /**
     * A chain that was read on.
     *
     * @param whole without half a line at the end, to read on from later
     * @param now with it
     */
    record Further(Chain whole, Chain now) {}

    /** Whether a file still has the line that was read last, at its place; a file that was moved away for another has not. */
    boolean isBeginningOf(Reading file) throws IOException {
        return end <= file.size()
                && new Backwards(file, end).next().map(Chain::digest).orElse("").equals(digest);
    }

    Further read(Reading file, AuditRecords records) throws IOException {
        Lines further = new Lines(file.channel(), end, file.size());
        Chain whole = this;
        Chain now = this;
        for (Optional<byte[]> line = further.next(); line.isPresent(); line = further.next()) {
            now = now.after(line.orElseThrow(), further.place(), records);
            whole = further.isWhole() ? now : whole;
        }
        return new Further(whole, now);
    }

    private Chain after(byte[] line, long place, AuditRecords records) {
        String text = new String(line, StandardCharsets.UTF_8);
        Optional<AuditRecord> what = records.of(text);
        boolean fits = what.filter(one -> one.previous().equals(digest)).isPresent()
                && Arrays.equals(line, text.getBytes(StandardCharsets.UTF_8));
        Instant at = what.map(AuditRecord::at).orElse(Instant.MAX);
        return new Chain(
                place,
                lines + 1,
                digest(line),
                brokenAt == 0 && !fits ? lines + 1 : brokenAt,
                since,
                at.isBefore(oldest) ? at : oldest,
                at);
    }

    /** The digest that the record after a line holds; of no line it is empty. */
    static String digest(byte[] line) {
        if (line.length == 0) {
            return "";
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
