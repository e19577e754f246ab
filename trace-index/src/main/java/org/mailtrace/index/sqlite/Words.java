package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.packing.Role;

/**
 * The addresses of a query as terms.
 *
 * @param recipients empty if the query names no recipient; an empty list if none of them occurs
 * @param sender the same for the sender; a From header counts as one where a message has it as a term
 */
record Words(Optional<List<Long>> recipients, Optional<List<Long>> sender) {
    static Words of(IndexQuery query, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM word WHERE value = ?")) {
            Optional<List<Long>> recipients = query.recipients().isEmpty()
                    ? Optional.empty()
                    : Optional.of(terms(statement, query.recipients(), Role.RECIPIENT));
            Optional<List<Long>> sender = query.sender().isEmpty()
                    ? Optional.empty()
                    : Optional.of(terms(statement, query.sender().stream().toList(), Role.SENDER, Role.AUTHOR));
            return new Words(recipients, sender);
        }
    }

    /** Whether a condition names only addresses that no message has. */
    boolean cannotMatch() {
        return recipients.filter(List::isEmpty).isPresent()
                || sender.filter(List::isEmpty).isPresent();
    }

    private static List<Long> terms(PreparedStatement statement, List<AddressPattern> patterns, Role... roles)
            throws SQLException {
        List<Long> terms = new ArrayList<>();
        for (AddressPattern pattern : patterns) {
            statement.setString(1, pattern.isWholeDomain() ? '@' + pattern.domain() : pattern.value());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    for (Role role : roles) {
                        terms.add(role.term(rows.getLong(1)));
                    }
                }
            }
        }
        return terms;
    }
}
