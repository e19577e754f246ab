package org.mailtrace.onprem.meaning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mailtrace.index.StoredRow;

/** Rows of one copy of a message on one server, and the copies that these rows link to. */
final class Strand {
    private final List<StoredRow> rows = new ArrayList<>();
    private final Set<HopLink> own = new HashSet<>();
    private final Set<HopLink> linked = new HashSet<>();
    private final Set<String> senders = new HashSet<>();
    private boolean entersFromElsewhere;

    void add(StoredRow stored, LogRow row, Site site) {
        rows.add(stored);
        HopLink.of(row).ifPresent(own::add);
        HopLink.next(row).ifPresent(linked::add);
        HopLink.forkedFrom(row).ifPresent(linked::add);
        row.row().returnPath().map(sender -> sender.toLowerCase(Locale.ROOT)).ifPresent(senders::add);
        entersFromElsewhere |=
                !row.noise() && Giver.isTold(row) && Giver.of(row, site).kind() != Giver.Kind.OUR_SERVER;
    }

    List<StoredRow> rows() {
        return rows;
    }

    Set<String> senders() {
        return senders;
    }

    boolean entersFromElsewhere() {
        return entersFromElsewhere;
    }

    boolean isLinkedTo(Piece piece) {
        return isLinkedTo(piece.all());
    }

    boolean isLinkedTo(Strand other) {
        return meet(own, other.own) || meet(own, other.linked) || meet(linked, other.own);
    }

    private static boolean meet(Set<HopLink> one, Set<HopLink> other) {
        return one.stream().anyMatch(other::contains);
    }
}
