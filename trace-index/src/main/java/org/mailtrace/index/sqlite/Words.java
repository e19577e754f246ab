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

/**
 * The words of a query by their numbers.
 *
 * @param recipients empty if the query names no recipient; an empty list if none of them occurs
 * @param sender the same for the sender
 * @param author the sender as a From header
 */
record Words(Optional<List<Long>> recipients, Optional<List<Long>> sender, List<Long> author) {
    static Words of(IndexQuery query, Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id FROM word WHERE kind = ? AND value = ?")) {
            Optional<List<Long>> recipients = query.recipients().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            numbers(statement, query.recipients(), WordKind.RECIPIENT, WordKind.RECIPIENT_DOMAIN));
            List<AddressPattern> senders = query.sender().stream().toList();
            return new Words(
                    recipients,
                    senders.isEmpty()
                            ? Optional.empty()
                            : Optional.of(numbers(statement, senders, WordKind.SENDER, WordKind.SENDER_DOMAIN)),
                    numbers(statement, senders, WordKind.AUTHOR, WordKind.AUTHOR_DOMAIN));
        }
    }

    /** Whether a condition names only words that no message has. */
    boolean cannotMatch() {
        boolean noRecipient = recipients.filter(List::isEmpty).isPresent();
        boolean noSender = sender.filter(List::isEmpty).isPresent() && author.isEmpty();
        return noRecipient || noSender;
    }

    private static List<Long> numbers(
            PreparedStatement statement, List<AddressPattern> patterns, WordKind whole, WordKind domain)
            throws SQLException {
        List<Long> numbers = new ArrayList<>();
        for (AddressPattern pattern : patterns) {
            statement.setInt(1, (pattern.isWholeDomain() ? domain : whole).number());
            statement.setString(2, pattern.isWholeDomain() ? pattern.domain() : pattern.value());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
        }
        return numbers;
    }
}
