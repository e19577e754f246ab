package org.mailtrace.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deals rows out as Exchange writes them: a folder per server, a file per hour and kind. Rows of a server whose number is
 * odd go to the first of two folders, the others to the second.
 */
final class LogFolders implements AutoCloseable {
    private static final int OPEN = 64;
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

    private final Path root;
    private final String columns;
    private final Map<Path, BufferedWriter> open = new LinkedHashMap<>(OPEN, 0.75f, true);
    private final Set<Path> written = new HashSet<>();
    private long bytes;

    LogFolders(Path root, String columns) {
        this.root = root;
        this.columns = columns;
    }

    /** The folders by server. */
    Map<String, Path> servers() {
        Map<String, Path> servers = new LinkedHashMap<>();
        for (String name : new TreeSet<>(Set.of("EXCH01", "EXCH02"))) {
            servers.put(name, root.resolve(name));
        }
        return servers;
    }

    long bytes() {
        return bytes;
    }

    /** Adds a row; it must begin with its time, and hold no quoted comma before the event id. */
    void add(String row) throws IOException {
        String[] cells = row.split(",", 6);
        char number = cells[4].isEmpty() ? '1' : cells[4].charAt(cells[4].length() - 1);
        String server = (number - '0') % 2 == 1 ? "EXCH01" : "EXCH02";
        String hour = row.substring(0, 13).replace("-", "").replace("T", "");
        String kind = row.contains(",STOREDRIVER,DELIVER,")
                ? "MSGTRKMD"
                : row.contains(",STOREDRIVER,") ? "MSGTRKMS" : "MSGTRK";
        Path path = root.resolve(server).resolve(kind + hour + "-1.LOG");
        BufferedWriter file = file(path, row.substring(0, 13));
        written.add(path);
        file.write(row);
        file.write("\r\n");
        bytes += row.length() + 2;
    }

    /** Removes the files of the hours before this one, UTC, as Exchange does by age. */
    void deleteBefore(Instant hour) throws IOException {
        String oldest = HOUR.format(hour);
        for (Path server : servers().values()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(server, "MSGTRK*.LOG")) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    int end = name.indexOf('-');
                    if (name.substring(end - oldest.length(), end).compareTo(oldest) < 0) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** Lets what was added be read by others. */
    void flush() throws IOException {
        for (BufferedWriter file : open.values()) {
            file.flush();
        }
    }

    /** As above, as if it had been written at that moment. */
    void flush(Instant now) throws IOException {
        flush();
        for (Path file : written) {
            Files.setLastModifiedTime(file, FileTime.from(now));
        }
        written.clear();
    }

    private BufferedWriter file(Path path, String hour) throws IOException {
        BufferedWriter known = open.get(path);
        if (known != null) {
            return known;
        }
        if (open.size() >= OPEN) {
            Map.Entry<Path, BufferedWriter> eldest = open.entrySet().iterator().next();
            eldest.getValue().close();
            open.remove(eldest.getKey());
        }
        Files.createDirectories(path.getParent());
        boolean isNew = Files.notExists(path);
        BufferedWriter file = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (isNew) {
            file.write("#Software: Microsoft Exchange Server\r\n#Version: 15.02.1544.011\r\n"
                    + "#Log-type: Message Tracking Log\r\n#Date: " + hour + ":00:00.000Z\r\n#Fields: " + columns
                    + "\r\n");
        }
        open.put(path, file);
        return file;
    }

    @Override
    public void close() {
        open.values().forEach(file -> {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
