package org.mailtrace.jobs.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mailtrace.jobs.Finding;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.Place;
import org.mailtrace.jobs.sql.JobTable;
import org.mailtrace.jobs.sql.Millis;

/** Findings and their groups, of one job at a time. A step is four statements, however many findings it has. */
final class FindingTable {
    /** First the groups of the page along their index, then the members of those only. */
    static final String PAGE = "SELECT page.grp, -page.minus_first_at, member.key, member.at, member.body FROM"
            + " (SELECT grp, minus_first_at FROM finding_group WHERE job = ? AND (minus_first_at, grp) > (?, ?)"
            + " ORDER BY minus_first_at, grp LIMIT ?) page CROSS JOIN LATERAL"
            + " (SELECT key, at, body FROM finding WHERE job = ? AND finding.grp = page.grp) member"
            + " ORDER BY page.minus_first_at, page.grp, member.key";

    private static final String PUT = "INSERT INTO finding(job, key, grp, at, body)"
            + " SELECT ?, * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[]) ON CONFLICT(job, key)"
            + " DO UPDATE SET grp = excluded.grp, at = excluded.at, body = excluded.body";

    /** A group stands where its earliest finding does. */
    private static final String PLACE = "INSERT INTO finding_group SELECT job, grp, -min(at) FROM finding"
            + " WHERE job = ? AND grp = ANY(?) GROUP BY job, grp ON CONFLICT(job, grp)"
            + " DO UPDATE SET minus_first_at = excluded.minus_first_at";

    /** A group whose findings all moved elsewhere is none any more. */
    private static final String DROP_EMPTY = "DELETE FROM finding_group emptied WHERE job = ? AND grp = ANY(?) AND NOT"
            + " EXISTS(SELECT 1 FROM finding WHERE finding.job = emptied.job AND finding.grp = emptied.grp)";

    private final Connection connection;
    private final long job;

    FindingTable(Connection connection, long job) {
        this.connection = connection;
        this.job = job;
    }

    /** Stores findings, the later of two with the same key last, and brings their groups up to date. */
    void put(List<Finding> findings) throws SQLException {
        if (findings.isEmpty()) {
            return;
        }
        Map<String, Finding> byKey = new LinkedHashMap<>();
        findings.forEach(finding -> byKey.put(finding.key(), finding));
        List<String> touched = groupsOf(byKey.keySet());
        Collection<Finding> last = byKey.values();
        JobTable.update(
                connection,
                PUT,
                job,
                array("text", last, Finding::key),
                array("text", last, Finding::group),
                array("bigint", last, finding -> Millis.of(finding.at())),
                array("text", last, Finding::body));
        last.forEach(finding -> touched.add(finding.group()));
        Array groups = array("text", touched, Function.identity());
        JobTable.update(connection, PLACE, job, groups);
        JobTable.update(connection, DROP_EMPTY, job, groups);
    }

    private List<String> groupsOf(Collection<String> keys) throws SQLException {
        List<String> groups = new ArrayList<>();
        try (PreparedStatement known =
                connection.prepareStatement("SELECT DISTINCT grp FROM finding WHERE job = ? AND key = ANY(?)")) {
            known.setLong(1, job);
            known.setArray(2, array("text", keys, Function.identity()));
            try (ResultSet rows = known.executeQuery()) {
                while (rows.next()) {
                    groups.add(rows.getString(1));
                }
            }
        }
        return groups;
    }

    private <T> Array array(String type, Collection<T> things, Function<? super T, ?> value) throws SQLException {
        return connection.createArrayOf(type, things.stream().map(value).toArray());
    }

    List<FindingGroup> page(Optional<Place> after, int limit) throws SQLException {
        List<FindingGroup> groups = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setLong(1, job);
            statement.setLong(2, after.map(place -> -Millis.of(place.firstAt())).orElse(Long.MIN_VALUE));
            statement.setString(3, after.map(Place::group).orElse(""));
            statement.setInt(4, limit);
            statement.setLong(5, job);
            try (ResultSet rows = statement.executeQuery()) {
                boolean more = rows.next();
                while (more) {
                    String group = rows.getString(1);
                    Instant firstAt = Instant.ofEpochMilli(rows.getLong(2));
                    List<Finding> members = new ArrayList<>();
                    while (more && rows.getString(1).equals(group)) {
                        members.add(new Finding(
                                group, rows.getString(3), Instant.ofEpochMilli(rows.getLong(4)), rows.getString(5)));
                        more = rows.next();
                    }
                    groups.add(new FindingGroup(group, firstAt, members));
                }
            }
        }
        return groups;
    }

    long countGroups() throws SQLException {
        return JobTable.number(connection, "SELECT count(*) FROM finding_group WHERE job = ?", job)
                .orElse(0L);
    }

    /** Removes some of the findings; returns whether there may be more. */
    boolean removeSome(int limit) throws SQLException {
        return removeSome("finding", limit) + removeSome("finding_group", limit) > 0;
    }

    private int removeSome(String table, int limit) throws SQLException {
        return JobTable.update(
                connection,
                "DELETE FROM " + table + " WHERE ctid = ANY(ARRAY(SELECT ctid FROM " + table
                        + " WHERE job = ? LIMIT ?))",
                job,
                limit);
    }
}
