package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes on one store, judged twice: by what they saw themselves, and by what the store remembers. */
@ParameterizedClass
@EnumSource(Engine.class)
class SharedQuotaTest {
    private final long seed = System.nanoTime();

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    @Test
    void twoProcessesOnOneStoreTogetherNeverExceedTheQuota() throws IOException, InterruptedException, SQLException {
        // given
        String address = engine.newAddress(folder);
        Engine.open(address).close();
        List<Take> seen = new ArrayList<>();
        try (ChildJvm one = ChildJvm.start(SpendingProcess.class, address, seed);
                ChildJvm two = ChildJvm.start(SpendingProcess.class, address, seed + 100)) {
            assertThat(one.hear()).isEqualTo("ready");
            assertThat(two.hear()).isEqualTo("ready");

            // when
            one.say("go");
            two.say("go");
            one.hearAll().forEach(line -> seen.add(Take.read(line)));
            two.hearAll().forEach(line -> seen.add(Take.read(line)));
        }

        // then
        List<Take> remembered = remembered(address);
        assertThat(requests(remembered))
                .as("what was taken is what is remembered, seed %d", seed)
                .isEqualTo(requests(seen))
                .isGreaterThan(SpendingProcess.ALLOWED * 5);
        for (Take first : seen) {
            assertThat(requests(within(first.before(), seen)))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(SpendingProcess.ALLOWED);
        }
        for (Take first : remembered) {
            assertThat(requests(within(first.before(), remembered)))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(SpendingProcess.ALLOWED);
        }
    }

    /** What was surely taken inside the window that begins then. */
    private static List<Take> within(Instant begin, List<Take> takes) {
        Instant end = begin.plus(SpendingProcess.WINDOW);
        return takes.stream()
                .filter(take -> !take.before().isBefore(begin) && take.after().isBefore(end))
                .toList();
    }

    private static int requests(List<Take> takes) {
        return takes.stream().mapToInt(Take::requests).sum();
    }

    private static List<Take> remembered(String address) throws SQLException {
        List<Take> takes = new ArrayList<>();
        try (Connection connection = Engine.connect(address);
                PreparedStatement statement = connection.prepareStatement("SELECT at, requests FROM spent");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Instant at = Instant.ofEpochMilli(rows.getLong(1));
                takes.add(new Take(at, at, rows.getInt(2)));
            }
        }
        return takes;
    }

    /** Requests taken at some moment between two. */
    private record Take(Instant before, Instant after, int requests) {
        static Take read(String line) {
            String[] words = line.split(" ", 3);
            return new Take(Instant.parse(words[0]), Instant.parse(words[1]), Integer.parseInt(words[2]));
        }
    }
}
