package org.mailtrace.onprem.follow;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.record.Fields;
import org.mailtrace.onprem.record.RowBody;

/** One server's directory, followed into an index of its own; rows are synthetic. */
public final class FollowedServer implements AutoCloseable {
    public static final String NAME = "EXCH01";
    /** When the first file of most tests begins. */
    public static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

    public static final int MAX_RECORD = 64 * 1024;
    public static final Duration SETTLING = Duration.ofSeconds(30);
    public static final Duration QUIET_AFTER = Duration.ofHours(2);
    public static final Duration CLOSED_AFTER = Duration.ofMinutes(10);
    private static final String RECIPIENT = "ana@rivercounty.example";

    /** A minute after the first file began, until it is set. */
    public final TestClock clock = new TestClock(T0.plusSeconds(60));

    private final Supplier<TraceIndex> store;
    private final Path logs;
    private final FaultyDirectory directory;
    private UnaryOperator<TrackingDirectory> reached = UnaryOperator.identity();
    private Optional<Fields> fieldsWhenMissing = Optional.empty();
    private Duration keep = Duration.ZERO;
    private Retention retention = new Retention(Duration.ZERO);
    private TraceIndex index;
    private ServerFollower follower;

    /** A server whose directory is made in the folder. */
    public FollowedServer(Path folder) throws IOException {
        this(folder, () -> SqliteIndex.open(new SqliteSettings(folder.resolve("index.db"), 1, RowBody.SAMPLE)));
    }

    /** A server that is followed into another store; several may follow the same one. */
    FollowedServer(Path folder, Supplier<TraceIndex> store) throws IOException {
        this.store = store;
        this.logs = Files.createDirectories(folder.resolve(NAME));
        this.directory = new FaultyDirectory(new LocalDirectory(logs));
        open();
    }

    private void open() {
        index = store.get();
        retention = new Retention(keep);
        follower = new ServerFollower(
                NAME,
                reached.apply(directory),
                index,
                new FollowRules(fieldsWhenMissing, MAX_RECORD, SETTLING, CLOSED_AFTER, QUIET_AFTER),
                retention,
                clock);
    }

    /** The service stops, at whatever moment, and starts again. */
    public void restart() {
        index.close();
        open();
    }

    void reachedThrough(UnaryOperator<TrackingDirectory> directory) {
        reached = directory;
        restart();
    }

    /** Lets the directory hang from now on. */
    public void hang() {
        faulty().hang();
    }

    /** Lets it answer again. */
    public void release() {
        faulty().release();
    }

    FaultyDirectory faulty() {
        return directory;
    }

    void withFieldsWhenMissing(String setting) {
        fieldsWhenMissing = Fields.ofSetting(setting);
        restart();
    }

    void keeping(Duration duration) {
        keep = duration;
        restart();
    }

    Retention retention() {
        return retention;
    }

    TraceIndex index() {
        return index;
    }

    public Path logs() {
        return logs;
    }

    public void look() {
        follower.look();
    }

    /** How long until the next look, where directories are looked through so often. */
    Duration pause(Duration poll) {
        return follower.pause(poll);
    }

    void measure(MeterRegistry registry) {
        new FollowMetrics(registry, clock).watch(NAME, follower);
    }

    public ServerState state() {
        return follower.state();
    }

    public void write(String name, String... lines) throws IOException {
        write(name, LogFixture.bytes(lines));
    }

    void write(String name, byte[] bytes) throws IOException {
        Files.write(logs.resolve(name), bytes);
        touch(name);
    }

    public void append(String name, String... lines) throws IOException {
        append(name, LogFixture.bytes(lines));
    }

    void append(String name, byte[] bytes) throws IOException {
        Files.write(logs.resolve(name), bytes, StandardOpenOption.APPEND);
        touch(name);
    }

    /** Files are written when the clock says so. */
    private void touch(String name) throws IOException {
        Files.setLastModifiedTime(logs.resolve(name), FileTime.from(clock.instant()));
    }

    /** A row of message number n, n seconds after the first file began. */
    public static String row(int number) {
        return row(number, T0.plusSeconds(number));
    }

    public static String row(int number, Instant at) {
        return LogFixture.line(
                at,
                "STOREDRIVER",
                "DELIVER",
                "message-id",
                id(number),
                "recipient-address",
                RECIPIENT,
                "message-subject",
                "Subject, \"quoted\" " + number);
    }

    public static String id(int number) {
        return "<m" + number + "@contoso.example>";
    }

    /** Message-IDs found between a day before and a day after the first file began. */
    public List<String> found() {
        return found(T0.minus(Duration.ofDays(1)), T0.plus(Duration.ofDays(1)));
    }

    public List<String> found(Instant from, Instant to) {
        return messages(from, to).stream()
                .map(message -> RowBody.read(
                                message.firstSeen(), message.rows().getFirst().body())
                        .value("message-id"))
                .toList();
    }

    public int rows() {
        return messages(T0.minus(Duration.ofDays(1)), T0.plus(Duration.ofDays(1))).stream()
                .mapToInt(message -> message.rows().size())
                .sum();
    }

    List<DeadLetter> deadLetters() {
        return index.deadLetters(NAME, 1000);
    }

    private List<IndexedMessage> messages(Instant from, Instant to) {
        return index.search(new IndexQuery(
                        Optional.empty(),
                        List.of(new AddressPattern(RECIPIENT)),
                        Optional.empty(),
                        Optional.empty(),
                        from,
                        to,
                        true,
                        Optional.empty(),
                        1000,
                        Duration.ofSeconds(10)))
                .messages();
    }

    @Override
    public void close() {
        index.close();
    }
}
