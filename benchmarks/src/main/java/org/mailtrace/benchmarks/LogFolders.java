package org.mailtrace.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    private final Path root;
    private final String columns;
    private final Map<Path, BufferedWriter> open = new LinkedHashMap<>(OPEN, 0.75f, true);
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
        BufferedWriter file = file(root.resolve(server).resolve(kind + hour + "-1.LOG"), row.substring(0, 13));
        file.write(row);
        file.write("\r\n");
        bytes += row.length() + 2;
    }

    /** Lets what was added be read by others. */
    void flush() throws IOException {
        for (BufferedWriter file : open.values()) {
            file.flush();
        }
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
