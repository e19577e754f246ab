package org.mailtrace.acceptance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/**
 * What the database itself notes, by its own clock, whenever a replica takes or renews a claim or a lease: so how long
 * something was held by nobody is measured where the replicas measure it, and not where a test looks at it.
 */
final class SignsOfLife {
    private static final String NOTE = """
            CREATE TABLE public.sign(what text, holder text, at timestamptz DEFAULT clock_timestamp());
            CREATE FUNCTION public.note_claim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              INSERT INTO public.sign VALUES(NEW.part, NEW.holder::text);
              RETURN NULL;
            END $$;
            CREATE FUNCTION public.note_job() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF NEW.state = 'RUNNING' THEN
                INSERT INTO public.sign VALUES(NEW.kind, NEW.worker);
              END IF;
              RETURN NULL;
            END $$;
            CREATE TRIGGER note AFTER UPDATE ON mailtrace_proofpoint.claim FOR EACH ROW EXECUTE FUNCTION note_claim();
            CREATE TRIGGER note AFTER UPDATE ON mailtrace_onprem.claim FOR EACH ROW EXECUTE FUNCTION note_claim();
            CREATE TRIGGER note AFTER UPDATE ON mailtrace_gateway.job FOR EACH ROW EXECUTE FUNCTION note_job();
            """;

    private final String database;

    private SignsOfLife(String database) {
        this.database = database;
    }

    /** From now on it is noted. */
    static SignsOfLife noteIn(String database) {
        SignsOfLife signs = new SignsOfLife(database);
        signs.ask(NOTE);
        return signs;
    }

    /** What there is to read, and is read by one replica each. */
    List<String> ofClaims() {
        return ask(
                "SELECT part FROM mailtrace_proofpoint.claim UNION SELECT part FROM mailtrace_onprem.claim ORDER BY 1");
    }

    void awaitReportUnderWay() {
        Awaitility.await("a report is being worked on")
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        !ask("SELECT id FROM mailtrace_gateway.job WHERE kind = 'gateway-report' AND state = 'RUNNING'")
                                .isEmpty());
    }

    /**
     * Waits until all of these have another holder than their newest one so far.
     *
     * @return for how long nobody gave a sign of life in between
     */
    Map<String, Duration> awaitSuccession(List<String> all, Duration patience) {
        ask("DROP TABLE IF EXISTS public.dead; CREATE TABLE public.dead AS"
                + " SELECT DISTINCT ON (what) what, holder, at AS seen FROM sign ORDER BY what, at DESC");
        Map<String, Duration> silences = new LinkedHashMap<>();
        Awaitility.await("others take over").atMost(patience).until(() -> {
            for (String what : all) {
                succession(what).forEach(seconds -> silences.put(what, duration(seconds)));
            }
            return silences.keySet().containsAll(all);
        });
        return silences;
    }

    /** The first sign of whoever came next, in seconds after the last one of whoever was there when the watch began. */
    private List<String> succession(String what) {
        return ask("SELECT extract(epoch FROM min(sign.at) FILTER (WHERE sign.holder <> dead.holder)"
                + " - max(sign.at) FILTER (WHERE sign.holder = dead.holder))"
                + " FROM sign JOIN dead USING (what) WHERE what = '" + what + "' AND sign.at >= dead.seen");
    }

    private static Duration duration(String seconds) {
        return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
    }

    /** The first column of all rows that have one. */
    private List<String> ask(String sql) {
        try (Connection connection = DriverManager.getConnection(database, PostgresqlServer.USER, "any");
                Statement statement = connection.createStatement()) {
            List<String> found = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        if (rows.getString(1) != null) {
                            found.add(rows.getString(1));
                        }
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
