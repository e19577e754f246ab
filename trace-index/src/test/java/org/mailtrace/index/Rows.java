package org.mailtrace.index;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Invented rows of logs. */
public final class Rows {
    private Rows() {}

    /** A row to Ana and Bo. */
    public static IndexRow row(String key, Instant at, String group, String sender, String subject) {
        return row(key, at, group, sender, List.of("ana@rivercounty.example", "bo@rivercounty.example"), subject);
    }

    /** A row of one sender to some recipients. */
    public static IndexRow row(
            String key, Instant at, String group, String sender, List<String> recipients, String subject) {
        return new IndexRow(
                key,
                at,
                "EXCH01",
                group,
                List.of("<" + group + "@contoso.example>"),
                Optional.of(sender),
                Optional.of("header@contoso.example"),
                recipients,
                Optional.of(subject),
                false,
                "{}");
    }

    /** A row that tells nothing but its subject. */
    public static IndexRow onlySubject(String key, Instant at, String group, String subject) {
        return new IndexRow(
                key,
                at,
                "EXCH01",
                group,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(subject),
                false,
                "");
    }
}
