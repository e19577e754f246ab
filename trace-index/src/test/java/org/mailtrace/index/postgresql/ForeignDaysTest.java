package org.mailtrace.index.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailtrace.index.Questions.query;
import static org.mailtrace.index.Questions.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.Rows;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** Days that stand on another server, moved there by the steps that an administrator is told, as they stand on the page. */
class ForeignDaysTest {
    private static final Path PAGE = Path.of("../docs/operations/sharding.md");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant OLD = Instant.parse("2026-10-01T12:00:00Z");
    /** Another name than on the page, because other tests of this server go by that. */
    private static final String ROLE = "mailtrace_east";

    private static final String SAM = "sam@contoso.example";
    private static final String OTHER_ROLE = "mailtrace_old";
    private static final String PASSWORD = "a password";
    private static final String PATH = "SET search_path = " + ROLE + ", public; ";

    private static PostgresqlServer other;

    @TempDir
    private Path folder;

    private String here;
    private String there;
    private TraceIndex index;

    @BeforeAll
    static void startServers() {
        other = PostgresqlServer.start();
        PostgresqlServer.shared().execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
    }

    @AfterAll
    static void stopOther() {
        other.close();
        PostgresqlServer.shared().execute("DROP ROLE " + ROLE);
    }

    @BeforeEach
    void followThePage() throws IOException {
        List<String> blocks = blocks();
        here = PostgresqlServer.shared().newDatabase(ROLE);
        there = other.url(OTHER_ROLE);
        String[] roleAndDatabase = blocks.getFirst().split("\\\\connect mailtrace_old\n", 2);
        Stream.of(roleAndDatabase[0].split(";"))
                .filter(sql -> !sql.isBlank())
                .forEach(sql -> use(other.url("postgres"), PostgresqlServer.USER, sql));
        other.asksForThePasswordOf(OTHER_ROLE);
        use(there, PostgresqlServer.USER, roleAndDatabase[1]);
        use(there, OTHER_ROLE, blocks.get(1));
        use(
                here,
                PostgresqlServer.USER,
                "CREATE EXTENSION pg_trgm; CREATE SCHEMA " + ROLE + " AUTHORIZATION " + ROLE + "; " + blocks.get(2));
        index = open();
        use(here, ROLE, blocks.get(3));
    }

    @AfterEach
    void drop() {
        index.close();
        other.execute("DROP DATABASE mailtrace_old WITH (FORCE)");
        other.execute("DROP ROLE mailtrace_old");
        PostgresqlServer.shared()
                .execute("DROP DATABASE " + here.substring(here.lastIndexOf('/') + 1) + " WITH (FORCE)");
    }

    @Test
    void answersAreTheSameWhereverADayStands() {
        // given
        fill();
        List<List<IndexedMessage>> before = answers();

        // when
        move("2026-10-01");
        move("2026-10-02");

        // then
        assertThat(tables(here)
                        .ask("SELECT string_agg(relkind::text, '' ORDER BY relname) FROM pg_class WHERE relname ~"
                                + " '^(message|term|block)_d202610'"))
                .isEqualTo("ffffff");
        assertThat(answers()).usingRecursiveComparison().isEqualTo(before);
        assertThat(before).allSatisfy(answer -> assertThat(answer).isNotEmpty());

        // when: rows go on coming
        index.append(batch(3, List.of(row("new", NOON, "g900", "Hello"))));

        // then
        assertThat(index.find("g900")).isPresent();
        assertThat(index.size().messages()).isNotNegative();

        // when
        use(here, ROLE, PATH + "CALL bring_day('2026-10-01')");

        // then
        assertThat(tables(here).ask("SELECT count(*) FROM message_d20261001")).isEqualTo("30");
        assertThat(index.find("g1").orElseThrow().rows()).hasSize(302);
    }

    @Test
    void whatComesLateForAMovedDayIsRefusedInWordsUntilTheDayIsBack() {
        // given
        fill();
        move("2026-10-01");

        // when, then
        for (IndexRow late : List.of(
                row("late", OLD.plusSeconds(5), "g1", "Hello"),
                row("earlier", OLD.minusSeconds(86_400), "g1", "Hello"),
                row("unknown", OLD, "g901", "Hello"))) {
            assertThatThrownBy(() -> index.append(batch(4, List.of(late))))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("moved to another server")
                    .hasMessageContaining("bring that day back");
        }
        assertThat(index.trouble()).hasValueSatisfying(text -> assertThat(text).contains("moved"));
        assertThat(index.checkpoints("EXCH01")).containsEntry("log", "2");

        // when
        use(here, ROLE, PATH + "CALL bring_day('2026-10-01')");
        index.append(batch(4, List.of(row("late", OLD.plusSeconds(5), "g1", "Hello"))));

        // then
        assertThat(index.find("g1").orElseThrow().rows()).hasSize(303);
        assertThat(index.trouble()).isEmpty();
    }

    @Test
    void onlyQuestionsOverMovedDaysFailWhileTheirServerIsAway() {
        // given
        fill();
        move("2026-10-01");

        // when
        other.stop();

        // then
        assertThat(search(sam(OLD.plus(Duration.ofDays(1)), NOON.plusSeconds(1))))
                .hasSize(40);
        assertThatThrownBy(() -> search(sam(OLD, NOON)))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("cannot be reached");
        index.append(batch(5, List.of(row("new", NOON, "g902", "Hello"))));
        assertThat(index.find("g902")).isPresent();

        // when
        other.startAgain();

        // then
        assertThat(search(sam(OLD, NOON.plusSeconds(1)))).hasSize(71);
    }

    @Test
    void aMovedDayThatIsOlderThanTheRetentionGoesAndWhatWentOnStays() {
        // given: a message of the moved day goes on for days
        fill();
        index.append(batch(3, List.of(row("on", NOON, "g2", "Hello"))));
        move("2026-10-01");

        // when
        index.purge(OLD.plus(Duration.ofDays(1)), 500);

        // then
        assertThat(tables(here).ask("SELECT count(*) FROM pg_class WHERE relname ~ '_d20261001'"))
                .isEqualTo("0");
        assertThat(index.find("g2").orElseThrow().rows()).hasSize(2);
        assertThat(index.find("g3")).isEmpty();
        assertThat(search(sam(OLD, NOON.plusSeconds(1)))).hasSize(41);

        // when
        use(there, OTHER_ROLE, PATH + "CALL drop_days('2026-10-02')");

        // then
        assertThat(tables(there).ask("SELECT count(*) FROM pg_class WHERE relname ~ '_d20261001'"))
                .isEqualTo("0");
    }

    /** Thirty messages on each of three days, one of them with very many rows. */
    private void fill() {
        index.append(batch(0, day(OLD, 0)));
        index.append(batch(1, day(OLD.plus(Duration.ofDays(1)), 100)));
        index.append(batch(2, day(NOON, 200).subList(0, 10)));
        index.append(batch(
                2,
                IntStream.range(0, 301)
                        .mapToObj(i -> row("many " + i, OLD.plusSeconds(i), "g1", "Hello"))
                        .toList()));
    }

    private static List<IndexRow> day(Instant at, int from) {
        return IntStream.range(from, from + 30)
                .mapToObj(i -> row("k" + i, at, "g" + i, i % 2 == 0 ? "Water bill" : "Quarterly report"))
                .toList();
    }

    private List<List<IndexedMessage>> answers() {
        Instant end = NOON.plusSeconds(1);
        return List.of(
                search(sam(OLD, end)),
                search(asked(Optional.of(SAM), List.of("ana@rivercounty.example"), "", "", OLD, end)),
                search(asked(Optional.empty(), List.of("*@rivercounty.example"), "", "", OLD, end)),
                search(asked(Optional.empty(), List.of(), "water", "", OLD, end)),
                search(asked(Optional.of(SAM), List.of(), "report", "", OLD, end)),
                search(asked(Optional.empty(), List.of(), "", "<g1@contoso.example>", Instant.EPOCH, end)),
                index.find("g1").stream().toList());
    }

    private List<IndexedMessage> search(IndexQuery query) {
        return index.search(query).messages();
    }

    private static IndexQuery sam(Instant from, Instant to) {
        return asked(Optional.of(SAM), List.of(), "", "", from, to);
    }

    private static IndexQuery asked(
            Optional<String> sender, List<String> recipients, String subject, String id, Instant from, Instant to) {
        IndexQuery asked = query(
                sender,
                recipients,
                Optional.of(subject).filter(text -> !text.isEmpty()),
                Optional.of(id).filter(text -> !text.isEmpty()),
                Optional.empty(),
                100);
        return window(asked, from, to);
    }

    private static IndexRow row(String key, Instant at, String group, String subject) {
        String recipient = group.endsWith("1") ? "ana@rivercounty.example" : "bo@rivercounty.example";
        return Rows.row(key, at, group, SAM, List.of(recipient), subject);
    }

    private static Tables tables(String url) {
        return new Tables(url, ROLE);
    }

    private static Batch batch(int number, List<IndexRow> rows) {
        return new Batch(
                rows, List.of(), List.of(new Checkpoint("EXCH01", "log", Integer.toString(number))), List.of());
    }

    private void move(String day) {
        use(there, OTHER_ROLE, PATH + "CALL make_day('" + day + "')");
        use(here, ROLE, PATH + "CALL move_day('" + day + "', 'old_days')");
    }

    private TraceIndex open() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        return IndexOnADay.open(
                GivenPostgresql.at(here, ROLE, ROLE)
                        .withPasswordFile(password)
                        .within(Duration.ofSeconds(10), Duration.ofMillis(500)),
                Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private static List<String> blocks() throws IOException {
        String page = Files.readString(PAGE)
                .replace("host 'old.rivercounty.example', port '5432'", "host '127.0.0.1', port '" + other.port() + "'")
                .replaceAll("(?m)^ *sslmode .*\n", "")
                .replace("mailtrace_onprem", ROLE)
                .replace("fifth password", PASSWORD);
        return Pattern.compile("```sql\n(.*?)```\n", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static void use(String url, String role, String sql) {
        try (Connection connection = DriverManager.getConnection(url, role, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
