package org.mailtrace.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailtrace.index.Questions.subject;
import static org.mailtrace.index.Questions.window;
import static org.mailtrace.index.Rows.onlySubject;
import static org.mailtrace.index.Rows.row;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.IndexContract;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;

class SqliteIndexTest extends IndexContract {
    @Override
    protected TraceIndex open() {
        return SqliteIndex.open(new SqliteSettings(folder.resolve("index.db"), 2, "sample"));
    }

    @Test
    void givesAnAgeToWhatAnEarlierProgramSetAside() {
        index.append(aside(List.of(letter(1))));
        index.close();
        sql("DROP TABLE dead_letter_age");

        index = open();

        index.purge(Instant.now().minus(Duration.ofHours(1)), 10);
        assertThat(index.deadLetterCount("EXCH01")).isOne();
        index.purge(Instant.now().plus(Duration.ofHours(1)), 10);
        assertThat(index.deadLetterCount("EXCH01")).isZero();
    }

    @Test
    void knowsHowManyMessagesThereAreWithoutCountingThem() {
        // given
        for (int i = 0; i < 5; i++) {
            index.append(Batch.of(List.of(row("k" + i, NOON.plusSeconds(i), "g" + i, "sam@contoso.example", "Hello"))));
        }
        assertThat(index.size().messages()).isEqualTo(5);

        // when
        index.purge(NOON.plusSeconds(2), 10);

        // then
        assertThat(index.size().messages()).isEqualTo(3);
    }

    @Test
    void storesNothingOfABatchThatFails() {
        // given
        IndexRow good = row("k1", NOON, "g1", "sam@contoso.example", "Hello");
        index.close();
        sql("CREATE TRIGGER full BEFORE INSERT ON checkpoint BEGIN SELECT RAISE(ABORT, 'no space'); END");
        index = open();

        // when
        assertThatThrownBy(() -> index.append(
                        new Batch(List.of(good), List.of(), List.of(new Checkpoint("P", "a", "1")), List.of())))
                .isInstanceOf(IndexException.class);

        // then
        assertThat(index.find("g1")).isEmpty();
        index.append(Batch.of(List.of(good)));
        assertThat(index.find("g1")).isPresent();
    }

    @Test
    void letsOneWriteAndOthersReadAtATime() {
        // given
        index.append(Batch.of(List.of(row("k1", NOON, "g1", "sam@contoso.example", "Hello"))));

        // when, then
        try (SqliteIndex other = SqliteIndex.open(new SqliteSettings(folder.resolve("index.db"), 1, ""))) {
            assertThat(other.find("g1")).isPresent();
            assertThatThrownBy(() ->
                            other.append(Batch.of(List.of(row("k2", NOON, "g2", "sam@contoso.example", "Hello")))))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("Another process writes the index");
            index.close();
            other.append(Batch.of(List.of(row("k2", NOON, "g2", "sam@contoso.example", "Hello"))));
            assertThat(other.find("g2")).isPresent();
        }
        index = open();
    }

    @Test
    void refusesAFileOfANewerVersion() {
        // given
        index.close();
        sql("PRAGMA user_version = 99");

        // when, then
        assertThatThrownBy(this::open)
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("index.db")
                .hasMessageContaining("newer Mailtrace");
        sql("PRAGMA user_version = 2");
        index = open();
    }

    @Test
    void refusesADatabaseOfAnotherProgramAndAFolderThatCannotBeWritten() throws Exception {
        // given
        Path foreign = folder.resolve("foreign.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE other(x)");
        }
        Path file = Files.createFile(folder.resolve("plain"));

        // when, then
        assertThatThrownBy(() -> SqliteIndex.open(new SqliteSettings(foreign, 1, "")))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("another program");
        assertThatThrownBy(() -> SqliteIndex.open(new SqliteSettings(file.resolve("index.db"), 1, "")))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void foldsSubjectsAnewThatAnEarlierProgramLeftToSqlite() {
        // given: a dotless i, which is another letter to SQLite than to us
        index.append(Batch.of(List.of(row("k1", NOON, "g1", "sam@contoso.example", "B\u0131lg\u0131 notu"))));
        index.close();
        sql("DELETE FROM setting WHERE name = 'subjects-are-folded'");
        sql("INSERT OR REPLACE INTO subject_text(rowid, text) SELECT id, subject FROM message");

        // when
        index = open();

        // then
        assertThat(groups(subject("BILGI"))).containsExactly("g1");
    }

    @Test
    void keepsNoSpanOfNumbersThatNoMessageHasAnyMore() {
        // given: three spans, the oldest of which keeps a single message that went on
        List<IndexRow> rows = new ArrayList<>();
        for (int i = 0; i < 3 << Spans.BITS; i++) {
            rows.add(onlySubject("k" + i, NOON.plusSeconds(i), "g" + i, "Road works"));
        }
        index.append(Batch.of(rows));
        index.append(Batch.of(List.of(onlySubject("later", NOON.plusSeconds(rows.size()), "g0", "Road works"))));
        assertThat(spans()).hasSize(4);

        // when
        int secondSpan = 2 << Spans.BITS;
        index.purge(NOON.plusSeconds(secondSpan), Integer.MAX_VALUE);

        // then
        assertThat(spans()).containsExactly(0L, 2L, 3L);
        assertThat(groups(window(subject("works"), NOON.minusSeconds(1), NOON.plusSeconds(1))))
                .containsExactly("g0");
        index.purge(NOON.plus(Duration.ofDays(1)), Integer.MAX_VALUE);
        assertThat(spans()).isEmpty();
    }

    private List<Long> spans() {
        List<Long> spans = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("index.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM span ORDER BY id")) {
            while (rows.next()) {
                spans.add(rows.getLong(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return spans;
    }

    private void sql(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("index.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
