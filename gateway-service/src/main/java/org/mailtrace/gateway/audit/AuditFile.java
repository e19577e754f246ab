package org.mailtrace.gateway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The audit records, one a line. Each holds the digest of the line before, so that a line that is changed, taken out or put
 * in breaks the chain for everybody who reads it. Processes on one machine may share the file: who appends has its lock.
 */
@ApplicationScoped
class AuditFile {
    private static final byte LINE_END = '\n';
    private static final int TAIL = 8192;

    private final Path file;
    private final ObjectMapper json;
    /** A file's lock is one of processes; threads have to wait for each other besides. */
    private final Lock door = new ReentrantLock();

    AuditFile(AuditSettings settings, ObjectMapper json) {
        this.file = settings.file().toAbsolutePath();
        this.json = json;
    }

    /** A file that cannot be written ends the start with one sentence. */
    void check(@Observes StartupEvent start) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            if (!Files.exists(file)) {
                Files.createFile(file);
                keepForTheServiceAlone();
            }
            channel().close();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The audit records cannot be written to " + file + ". Check mailtrace.audit.file.",
                    e,
                    Set.of("mailtrace.audit.file"));
        }
    }

    private void keepForTheServiceAlone() throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /**
     * Adds a record to the chain.
     *
     * @throws IOException if it could not be written; then it is not there
     */
    void append(AuditRecord what) throws IOException {
        door.lock();
        try (FileChannel channel = channel()) {
            // Closing the channel gives the lock back.
            channel.lock();
            endTornLine(channel);
            String previous = digest(lastLine(channel));
            byte[] line = json.writeValueAsBytes(what.after(previous));
            write(channel, ByteBuffer.allocate(line.length + 1).put(line).put(LINE_END));
        } finally {
            door.unlock();
        }
    }

    /** Who was killed while writing left half a record, which breaks the chain and must not take the next one with it. */
    private static void endTornLine(FileChannel channel) throws IOException {
        if (channel.size() > 0) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            if (last.get(0) != LINE_END) {
                write(channel, ByteBuffer.allocate(1).put(LINE_END));
            }
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        bytes.flip();
        channel.position(channel.size());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Records and whether the chain holds.
     *
     * @param newest those that were wanted, newest first
     * @param more whether there are older ones
     * @param brokenAt the number of the first line that does not fit the one before, counted from 1; 0 if all do
     */
    record Read(List<Numbered> newest, boolean more, long brokenAt) {}

    /** A record with its line's number, counted from 1. */
    record Numbered(long number, AuditRecord what) {}

    /**
     * Reads the whole file, which proves the chain, and keeps the newest of the records that are wanted.
     *
     * @param before only lines before this number
     */
    Read read(Predicate<AuditRecord> wanted, long before, int limit) throws IOException {
        Deque<Numbered> newest = new ArrayDeque<>();
        boolean more = false;
        long number = 0;
        long brokenAt = 0;
        String expected = "";
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                Optional<AuditRecord> what = record(line);
                String wantedDigest = expected;
                // Whoever moves the file away begins a new one, whose first record fits the last of the old.
                boolean fits =
                        what.filter(one -> one.previous().equals(wantedDigest)).isPresent()
                                || (number == 1 && what.isPresent());
                brokenAt = brokenAt == 0 && !fits ? number : brokenAt;
                expected = digest(line);
                if (number < before && what.filter(wanted).isPresent()) {
                    newest.addFirst(new Numbered(number, what.orElseThrow()));
                    if (newest.size() > limit) {
                        newest.removeLast();
                        more = true;
                    }
                }
            }
        }
        return new Read(List.copyOf(newest), more, brokenAt);
    }

    private Optional<AuditRecord> record(String line) {
        try {
            return Optional.of(json.readValue(line, AuditRecord.class));
        } catch (JsonProcessingException e) {
            // Said by the chain: a line that is no record fits nothing.
            return Optional.empty();
        }
    }

    private FileChannel channel() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Read backwards, a piece at a time, because the file grows for years. */
    private static String lastLine(FileChannel channel) throws IOException {
        long end = channel.size() - 1;
        long from = Math.max(0, end);
        byte[] line = new byte[0];
        while (from > 0) {
            long start = Math.max(0, from - TAIL);
            ByteBuffer piece = ByteBuffer.allocate((int) (from - start));
            while (piece.hasRemaining() && channel.read(piece, start + piece.position()) >= 0) {
                // Read on until it is full.
            }
            byte[] bytes = piece.array();
            int at = bytes.length - 1;
            while (at >= 0 && bytes[at] != LINE_END) {
                at--;
            }
            byte[] grown = new byte[bytes.length - at - 1 + line.length];
            System.arraycopy(bytes, at + 1, grown, 0, bytes.length - at - 1);
            System.arraycopy(line, 0, grown, bytes.length - at - 1, line.length);
            line = grown;
            from = at >= 0 ? 0 : start;
        }
        return new String(line, StandardCharsets.UTF_8);
    }

    private static String digest(String line) {
        if (line.isEmpty()) {
            return "";
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
