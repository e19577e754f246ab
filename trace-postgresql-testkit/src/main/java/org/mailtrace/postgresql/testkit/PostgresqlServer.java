package org.mailtrace.postgresql.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server below the {@code target/} of the whole build, started once for all tests of a module's run that ask for
 * {@link #shared()}, and ended with it. Which version is set by the build ({@code postgresql-binaries.version}).
 *
 * <p>It listens on the loopback only and does not wait for the disk; nothing is lost by that as long as the machine
 * itself stays up.
 */
public final class PostgresqlServer implements AutoCloseable {
    /** The account that may do everything; any password is let in. */
    public static final String USER = "postgres";

    /** The programs are unpacked once for all modules; each server has its data beside them. */
    private static final Path ROOT = houseOf(Path.of("").toAbsolutePath()).resolve("target/postgresql");

    private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final String LOADED = "SELECT pg_conf_load_time()";
    private static final int TRIES = 1_000;

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Path data;
    private final Set<String> known = new TreeSet<>();
    private EmbeddedPostgres server;

    private PostgresqlServer(Path data) throws IOException {
        this.data = data;
        this.server = start(0);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private static Path houseOf(Path folder) {
        Path house = folder;
        while (!Files.isDirectory(house.resolve(".mvn"))) {
            house = house.getParent();
            if (house == null) {
                return folder;
            }
        }
        return house;
    }

    /** The server that all tests of this run share; whoever stops or restarts one starts one of their own. */
    public static PostgresqlServer shared() {
        return Shared.SERVER;
    }

    /** A server of one's own. */
    public static PostgresqlServer start() {
        try {
            Files.createDirectories(ROOT);
            return new PostgresqlServer(Files.createTempDirectory(ROOT, "data"));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start", e);
        }
    }

    /** Makes an empty database and returns its JDBC URL, without account. */
    public String newDatabase() {
        String name = "test_" + ProcessHandle.current().pid() + "_" + NAMES.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return url(name);
    }

    /** Makes an empty database that belongs to a role, and returns its JDBC URL, without account. */
    public String newDatabase(String owner) {
        String url = newDatabase();
        execute("ALTER DATABASE " + url.substring(url.lastIndexOf('/') + 1) + " OWNER TO " + owner);
        return url;
    }

    /** From now on these roles need their passwords; all others are let in with any, as before. */
    public synchronized void asksForThePasswordOf(String... roles) {
        known.addAll(List.of(roles));
        execute("DO $$ BEGIN EXECUTE format('COPY (VALUES (''host all " + String.join(",", known)
                + " all scram-sha-256''), (''local all all trust''), (''host all all all trust'')) TO %L',"
                + " current_setting('hba_file')); END $$");
        String before = ask(LOADED);
        execute("SELECT pg_reload_conf()");
        // The server takes it in a moment later.
        for (int i = 0; i < TRIES && ask(LOADED).equals(before); i++) {
            Thread.onSpinWait();
        }
    }

    /** The JDBC URL of a database of this server, without account; the same after a restart. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    /** Does something as the superuser, in the database {@code postgres}. */
    public void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + sql, e);
        }
    }

    /** Asks something as the superuser, in the database {@code postgres}; the first column of the first row. */
    public String ask(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + sql, e);
        }
    }

    /** Cuts all connections to a database, as an administrator or a failing network does. */
    public void cutConnections(String url) {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + url.substring(url.lastIndexOf('/') + 1) + "'");
    }

    /** Stops the server; whoever is connected is cut off. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not stop", e);
        }
    }

    /** Kills the server as a failing machine does: it has no time to tidy up. */
    public void kill() {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    private ProcessHandle postmaster() {
        try {
            long id = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
            return ProcessHandle.of(id).orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not run", e);
        }
    }

    /**
     * Starts a standby that follows this server by streaming, and answers questions meanwhile. It is a copy of this
     * server's files, taken as the manual tells for
     * <a href="https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">a backup
     * without tools</a>.
     *
     * @param name what it calls itself, as in {@code synchronous_standby_names}
     */
    public PostgresqlServer standby(String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            Path copy = Files.createTempDirectory(ROOT, "data");
            statement.execute("SELECT pg_backup_start('standby', true)");
            copyTo(copy);
            try (ResultSet rows = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                rows.next();
                Files.writeString(copy.resolve("backup_label"), rows.getString(1));
            }
            Files.createFile(copy.resolve("standby.signal"));
            Files.writeString(
                    copy.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=127.0.0.1 port=" + server.getPort() + " user=" + USER
                            + " application_name=" + name + "'\nwal_retrieve_retry_interval = '100ms'\n");
            return new PostgresqlServer(copy);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("A standby does not start", e);
        }
    }

    private void copyTo(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : (Iterable<Path>) files.skip(1)::iterator) {
                Path relative = data.relativize(file);
                if (Files.isDirectory(file)) {
                    Files.createDirectory(copy.resolve(relative), OWNERS);
                } else if (!NOT_COPIED.contains(relative.toString())) {
                    copy(file, copy.resolve(relative));
                }
            }
        }
    }

    private static void copy(Path file, Path copy) throws IOException {
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException gone) {
            // The server writes on, and removes files as well.
            Files.deleteIfExists(copy);
        }
    }

    /** Makes a standby the primary, and returns when it is. */
    public void promote() {
        execute("SELECT pg_promote(true, 60)");
    }

    /** The port that it listens at, on 127.0.0.1; the same after a restart. */
    public int port() {
        return server.getPort();
    }

    /** Starts it again with what it had, at the same port. */
    public void startAgain() {
        stop();
        try {
            server = start(server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start again", e);
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(ROOT.toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setServerConfig("max_connections", "100")
                // What is acknowledged is with the system, so that it outlives the server's processes.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "off")
                .setServerConfig("timezone", "UTC")
                .setPGStartupWait(Duration.ofMinutes(1));
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }

    /** Stops the server and removes what it had. */
    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(PostgresqlServer.class.getName())
                    .log(System.Logger.Level.DEBUG, "its files were removed before", e);
        }
    }

    /** Started by who first asks. */
    private static final class Shared {
        static final PostgresqlServer SERVER = PostgresqlServer.start();
    }
}
