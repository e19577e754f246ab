package org.mailtrace.jobs.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.jobs.Finding;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.Place;
import org.mailtrace.jobs.sql.JobTable;
import org.mailtrace.jobs.sql.Millis;

/** Findings and their groups, of one job at a time. */
final class FindingTable {
    /** One walk along an index, however many groups there are: the sign of the time is turned for this. */
    static final String PAGE = "SELECT grp, -minus_first_at FROM finding_group"
            + " WHERE job = ? AND (minus_first_at, grp) > (?, ?) ORDER BY minus_first_at, grp LIMIT ?";

    static final String MEMBERS = "SELECT key, at, body FROM finding WHERE job = ? AND grp = ? ORDER BY key";

    static final String FIRST = "SELECT min(at) FROM finding WHERE job = ? AND grp = ?";

    private final Connection connection;
    private final long job;

    FindingTable(Connection connection, long job) {
        this.connection = connection;
        this.job = job;
    }

    /** Stores findings, the later of two with the same key last, and brings their groups up to date. */
    void put(List<Finding> findings) throws SQLException {
        Set<String> touched = new LinkedHashSet<>();
        try (PreparedStatement known =
                        connection.prepareStatement("SELECT grp FROM finding WHERE job = ? AND key = ?");
                PreparedStatement put = connection.prepareStatement(
                        "INSERT INTO finding(job, grp, key, at, body) VALUES(?, ?, ?, ?, ?) ON CONFLICT(job, key)"
                                + " DO UPDATE SET grp = excluded.grp, at = excluded.at, body = excluded.body")) {
            for (Finding finding : findings) {
                groupOf(known, finding.key()).ifPresent(touched::add);
                touched.add(finding.group());
                put.setLong(1, job);
                put.setString(2, finding.group());
                put.setString(3, finding.key());
                put.setLong(4, Millis.of(finding.at()));
                put.setString(5, finding.body());
                put.executeUpdate();
            }
        }
        for (String group : touched) {
            place(group);
        }
    }

    private Optional<String> groupOf(PreparedStatement known, String key) throws SQLException {
        known.setLong(1, job);
        known.setString(2, key);
        try (ResultSet rows = known.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    /** A group stands where its earliest finding does; one whose findings all moved elsewhere is none any more. */
    private void place(String group) throws SQLException {
        Optional<Long> firstAt = JobTable.number(connection, FIRST, job, group);
        if (firstAt.isPresent()) {
            JobTable.update(
                    connection,
                    "INSERT INTO finding_group VALUES(?, ?, ?) ON CONFLICT(job, grp)"
                            + " DO UPDATE SET minus_first_at = excluded.minus_first_at",
                    job,
                    group,
                    -firstAt.orElseThrow());
        } else {
            JobTable.update(connection, "DELETE FROM finding_group WHERE job = ? AND grp = ?", job, group);
        }
    }

    List<FindingGroup> page(Optional<Place> after, int limit) throws SQLException {
        List<FindingGroup> groups = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PAGE);
                PreparedStatement members = connection.prepareStatement(MEMBERS)) {
            statement.setLong(1, job);
            statement.setLong(2, after.map(place -> -Millis.of(place.firstAt())).orElse(Long.MIN_VALUE));
            statement.setString(3, after.map(Place::group).orElse(""));
            statement.setInt(4, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String group = rows.getString(1);
                    groups.add(new FindingGroup(group, Instant.ofEpochMilli(rows.getLong(2)), members(members, group)));
                }
            }
        }
        return groups;
    }

    private List<Finding> members(PreparedStatement statement, String group) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        statement.setLong(1, job);
        statement.setString(2, group);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                findings.add(new Finding(
                        group, rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)), rows.getString(3)));
            }
        }
        return findings;
    }

    long countGroups() throws SQLException {
        return JobTable.number(connection, "SELECT count(*) FROM finding_group WHERE job = ?", job)
                .orElse(0L);
    }

    /** Removes some of the findings; returns whether there may be more. */
    boolean removeSome(int limit) throws SQLException {
        int removed = JobTable.update(
                connection,
                "DELETE FROM finding WHERE id IN (SELECT id FROM finding WHERE job = ? LIMIT ?)",
                job,
                limit);
        removed += JobTable.update(
                connection,
                "DELETE FROM finding_group WHERE job = ?1 AND grp IN"
                        + " (SELECT grp FROM finding_group WHERE job = ?1 LIMIT ?2)",
                job,
                limit);
        return removed > 0;
    }
}
