package org.mailtrace.jobs.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** How statements are done that must stay quick with many rows; there are enough for the planner to care. */
class PlanTest {
    @Test
    void walksAlongAnIndexWhereManyRowsAre() throws SQLException {
        // given
        String address = Schemas.anew();
        Schemas.open(address).close();
        try (Connection connection = Schemas.connect(address)) {
            fill(connection);

            // then
            assertThat(plan(connection, FindingTable.PAGE, 1L, Long.MIN_VALUE, "", 100, 1L))
                    .contains("finding_group_order")
                    .contains("finding_member")
                    .doesNotContain("Seq Scan");
            Array kinds = connection.createArrayOf("text", new Object[] {"report"});
            assertThat(plan(connection, Claim.TAKE, "worker", "claim", 1L, 1L, 1L, kinds))
                    .contains("job_due")
                    .doesNotContain("Seq Scan");
        }
    }

    private static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO finding_group SELECT 1, 'g' || n, -n FROM generate_series(1, 20000) n");
            statement.execute(
                    "INSERT INTO finding SELECT 1, 'k' || n, 'g' || n / 2, n, repeat('x', 50) FROM generate_series(1, 40000) n");
            statement.execute(
                    "INSERT INTO job(id, kind, owner, state, request, digest, progress, created_at, not_before,"
                            + " due_at, keep_for, lease) SELECT n::text, 'report', 'alex', 'COMPLETE', '', '', '', n, n,"
                            + " CASE WHEN n % 100 = 0 THEN n END, 1, 0 FROM generate_series(1, 5000) n");
            // Nothing is known of the findings, as while a report is being read.
            statement.execute("ANALYZE finding_group; ANALYZE job");
        }
    }

    private static String plan(Connection connection, String sql, Object... values) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
        }
        return plan.toString();
    }
}
