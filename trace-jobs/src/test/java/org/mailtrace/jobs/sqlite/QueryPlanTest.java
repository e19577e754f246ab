package org.mailtrace.jobs.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.jobs.sql.Allowance;

/** What is asked often walks along an index and stops; it neither scans nor sorts, however much there is. */
class QueryPlanTest {
    @TempDir
    private Path folder;

    @Test
    void pagesWalkAlongAnIndex() {
        assertThat(plan(FindingTable.PAGE)).singleElement().asString().contains("finding_group_order (job=? AND");
        assertThat(plan(FindingTable.MEMBERS)).singleElement().asString().contains("finding_member (job=? AND grp=?)");
        assertThat(plan(FindingTable.FIRST)).singleElement().asString().contains("finding_member (job=? AND grp=?)");
    }

    @Test
    void whatWasSpentIsFoundByItsTime() {
        assertThat(plan(Allowance.SPENT)).singleElement().asString().contains("spent_at (name=? AND at>?)");
    }

    private List<String> plan(String sql) {
        try (SqliteStore store = SqliteStore.open(folder.resolve("jobs.db"), Clock.systemUTC())) {
            return store.read(connection -> {
                List<String> steps = new ArrayList<>();
                try (PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                        ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        steps.add(rows.getString("detail"));
                    }
                }
                return steps;
            });
        }
    }
}
