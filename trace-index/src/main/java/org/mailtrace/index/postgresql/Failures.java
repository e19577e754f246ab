package org.mailtrace.index.postgresql;

import java.sql.SQLException;
import java.util.Optional;
import org.mailtrace.index.IndexDeadlineException;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.packing.DamagedRowException;
import org.mailtrace.postgresql.PostgresqlException;
import org.mailtrace.postgresql.PostgresqlException.Reason;

/** What goes wrong, told as the port tells it, and remembered while it lasts. */
final class Failures {
    private static final String DAMAGED =
            "A row of the index is damaged. Restore its database from a backup, or give the"
                    + " service an empty schema: it then reads the logs again.";
    /** How PostgreSQL says that a foreign table takes no rows. */
    private static final String NOT_UPDATABLE = "55000";

    private static final String MOVED =
            "Rows came for a day of the index that was moved to another server, where it is only read. Let an administrator"
                    + " bring that day back; until then nothing that comes with these rows is stored.";
    private static final String NO_TRIGRAMS =
            "The database of the index lacks the extension pg_trgm, and this service's"
                    + " role may not make it. Let an administrator run CREATE EXTENSION pg_trgm in that database once.";

    private volatile Optional<String> writing = Optional.empty();
    private volatile boolean damaged;

    Optional<String> sentence() {
        return damaged ? Optional.of(DAMAGED) : writing;
    }

    void written() {
        writing = Optional.empty();
    }

    IndexException writing(PostgresqlException e) {
        IndexException told = of(e);
        writing = Optional.ofNullable(told.getMessage());
        return told;
    }

    IndexException searching(PostgresqlException e) {
        return e.reason() == Reason.TIMED_OUT ? new IndexDeadlineException(e) : of(e);
    }

    IndexException damaged(DamagedRowException e) {
        damaged = true;
        return new IndexException(DAMAGED, e);
    }

    static IndexException of(PostgresqlException e) {
        if (e.getCause() instanceof SQLException error && Schema.NO_TRIGRAMS.equals(error.getSQLState())) {
            return new IndexException(NO_TRIGRAMS, e);
        }
        if (e.getCause() instanceof SQLException error && NOT_UPDATABLE.equals(error.getSQLState())) {
            return new IndexException(MOVED, e);
        }
        return new IndexException(e.getMessage(), e);
    }
}
