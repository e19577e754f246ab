package org.mailtrace.standins.flows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The stage of one flow: its dice, its people, who appear in no other flow, and its messages. */
final class Scene {
    private static final List<String> OUTSIDE =
            List.of("contoso.example", "fabrikam.example", "supplies.example", "council.example");
    private static final List<String> SUBJECTS = List.of(
            "Building permit", "Invoice", "Minutes of the meeting", "Delivery note", "Question", "Re Offer", "Roster");

    private final String id;
    private final int number;
    private final Chance chance;
    private final Instant now;
    private final List<Mail> mails = new ArrayList<>();

    Scene(String id, int number, Chance chance, Instant now) {
        this.id = id;
        this.number = number;
        this.chance = chance;
        this.now = now;
    }

    Chance chance() {
        return chance;
    }

    Instant now() {
        return now;
    }

    List<Mail> mails() {
        return List.copyOf(mails);
    }

    /** One of us; the address is nobody's in another flow. */
    String ours(String name) {
        return name + number + "@" + Party.DOMAIN;
    }

    String alias(String name) {
        return name + number + "@" + Party.CLOUD_DOMAIN;
    }

    String outside(String name) {
        return name + number + "@" + chance.of(OUTSIDE);
    }

    String server() {
        return chance.percent(50) ? "EXCH01" : "EXCH02";
    }

    /** An address of the outside world. */
    String outsideIp() {
        return chance.percent(50) ? "192.0.2." + chance.between(1, 250) : "203.0.113." + chance.between(1, 250);
    }

    /** A message of some time between two hours and a day ago, when whatever is late is there. */
    Mail mail(String sender, String... to) {
        return mail(settled(), sender, to);
    }

    /** Long enough ago for what happens within hours of it. */
    Instant settledLong() {
        return now.minus(chance.between(Duration.ofHours(6), Duration.ofHours(20)));
    }

    Instant settled() {
        return now.minus(chance.between(Duration.ofHours(2), Duration.ofHours(21)));
    }

    Mail mail(Instant begun, String sender, String... to) {
        Mail mail = new Mail(
                id + "-" + (mails.size() + 1),
                chance,
                begun,
                sender,
                List.of(to),
                chance.of(SUBJECTS) + " " + chance.between(100, 9999));
        mails.add(mail);
        return chance.percent(50) ? mail.withClocksApart() : mail;
    }

    /** Another message that looks the same but for its time. */
    Mail again(Mail first, Instant begun) {
        Mail mail = first.likewise(id + "-" + (mails.size() + 1), begun);
        mails.add(mail);
        return mail;
    }
}
