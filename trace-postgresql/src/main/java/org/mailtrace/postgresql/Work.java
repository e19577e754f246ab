package org.mailtrace.postgresql;

import java.sql.Connection;
import java.sql.SQLException;

/** Work in a transaction, which may be begun anew and then finds nothing of what it did before. */
@FunctionalInterface
public interface Work<T> {
    /** Does it; never commits or takes back by itself. */
    T on(Connection connection) throws SQLException;
}
