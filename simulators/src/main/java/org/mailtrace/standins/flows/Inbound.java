package org.mailtrace.standins.flows;

import static org.mailtrace.standins.flows.Party.EXO;
import static org.mailtrace.standins.flows.Party.ONPREM;
import static org.mailtrace.standins.flows.Party.PP;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What comes from outside. */
final class Inbound {
    static final List<Families.Family> FAMILIES = List.of(
            new Families.Family("inbound", 12, Inbound::plain),
            new Families.Family("several-fates", 8, Inbound::severalFates),
            new Families.Family("split-by-proofpoint", 4, Inbound::split),
            new Families.Family("an-id-for-each-transaction", 6, Inbound::transactions),
            new Families.Family("spoof", 4, Inbound::spoof),
            new Families.Family("null-sender", 3, Inbound::nullSender),
            new Families.Family("past-proofpoint", 5, Inbound::pastProofpoint),
            new Families.Family("refused-or-dropped", 5, Inbound::refused),
            new Families.Family("other-from-header", 3, Inbound::otherFrom));

    private Inbound() {}

    private static void plain(Scene scene) {
        Mail mail = scene.mail(scene.outside("sam"), scene.ours("ana"));
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
        Endings.fromTheGate(mail, mail.to());
    }

    private static void otherFrom(Scene scene) {
        Mail mail = scene.mail(scene.outside("bounce"), scene.ours("dora"))
                .shownAs("Garden Club <news@garden-club.example>");
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
        Endings.fromTheGate(mail, mail.to());
    }

    /** Each recipient goes a way of its own. */
    private static void severalFates(Scene scene) {
        List<String> to = new ArrayList<>(List.of(scene.ours("ana"), scene.ours("ben"), scene.ours("carla")));
        if (scene.chance().percent(40)) {
            to.add(scene.ours("dana"));
        }
        Mail mail = scene.mail(scene.outside("events"), to.toArray(String[]::new));
        mail.gate("receive", to, "clientIp", scene.outsideIp());
        for (String recipient : to) {
            List<String> one = List.of(recipient);
            switch (scene.chance().weighted(60, 15, 10, 15)) {
                case 1 ->
                    mail.gate("quarantine", one, "module", "spam", "rule", "inbound_bulk", "folder", "Bulk")
                            .ends(one, "QUARANTINED", PP);
                case 2 ->
                    mail.gate("discard", one, "module", "av", "rule", "virus").ends(one, "DISCARDED", PP);
                case 3 ->
                    mail.gate(
                                    "reject",
                                    one,
                                    "module",
                                    "access",
                                    "rule",
                                    "blocked",
                                    "code",
                                    "550 5.7.1 Rejected by policy")
                            .ends(one, "REJECTED", PP);
                default -> Endings.fromTheGate(mail, one);
            }
        }
    }

    /** One part is held, the other goes on together. */
    private static void split(Scene scene) {
        List<String> to = List.of(scene.ours("emil"), scene.ours("fay"), scene.ours("gus"));
        Mail mail = scene.mail(scene.outside("press"), to.toArray(String[]::new));
        List<String> held = to.subList(0, 1);
        List<String> rest = to.subList(1, 3);
        mail.gate("receive", to, "clientIp", scene.outsideIp())
                .gate("quarantine", held, "module", "spam", "rule", "inbound_bulk", "folder", "Bulk")
                .ends(held, "QUARANTINED", PP);
        if (scene.chance().percent(60)) {
            mail.gate("pass", rest, "nextHop", Party.CLOUD_HOST).cloud("receive", rest, "clientIp", Party.GATE_IP);
            rest.forEach(one -> Endings.inTheCloud(mail, List.of(one)));
        } else {
            Endings.toTheServer(mail, scene.server(), rest);
        }
    }

    /**
     * Proofpoint hands it over in several transactions, and the cloud gives each an id; some are made later, or elsewhere. It may
     * be sent again under the same Message-ID, soon or on another day.
     */
    private static void transactions(Scene scene) {
        List<String> to = List.of(scene.ours("ana"), scene.ours("ben"), scene.ours("carla"), scene.ours("dana"));
        boolean anotherDay = scene.chance().percent(10);
        Mail first = scene.mail(
                anotherDay
                        ? scene.now().minus(scene.chance().between(Duration.ofHours(40), Duration.ofHours(70)))
                        : scene.settledLong(),
                scene.outside("board"),
                to.toArray(String[]::new));
        List<Mail> mails = new ArrayList<>(List.of(first));
        if (anotherDay || scene.chance().percent(25)) {
            Duration later = anotherDay
                    ? scene.chance().between(Duration.ofHours(18), Duration.ofHours(30))
                    : scene.chance().between(Duration.ofMinutes(2), Duration.ofMinutes(90));
            mails.add(scene.again(first, first.begins().plus(later)));
        }
        for (Mail mail : mails) {
            int cut = scene.chance().between(1, 2);
            mail.gate("receive", to, "clientIp", scene.outsideIp());
            List<List<String>> parts = List.of(to.subList(0, cut), to.subList(cut, 3), to.subList(3, 4));
            parts.forEach(part -> part(scene, mail, part));
        }
    }

    private static void part(Scene scene, Mail mail, List<String> who) {
        switch (scene.chance().weighted(60, 15, 10, 10, 5)) {
            case 1 -> {
                mail.gate("defer", who, "nextHop", Party.CLOUD_HOST, "code", "451 4.7.500 Server busy")
                        .wait(scene.chance().between(Duration.ofMinutes(1), Duration.ofMinutes(50)))
                        .transaction(who);
                who.forEach(one -> Endings.inTheCloud(mail, List.of(one)));
            }
            case 2 -> Endings.toTheServer(mail, scene.server(), who);
            case 3 ->
                mail.gate("quarantine", who, "module", "spam", "rule", "inbound_bulk", "folder", "Bulk")
                        .ends(who, "QUARANTINED", PP);
            case 4 ->
                mail.gate("pass", who, "nextHop", Party.CLOUD_HOST)
                        .ends(who, "MISSING_AT_NEXT_HOP", PP, List.of(PP, EXO));
            default -> {
                // Within the day in which a record of the cloud may still come.
                mail.late(EXO, scene.chance().percent(10) ? Duration.ofHours(22) : Duration.ZERO)
                        .transaction(who);
                who.forEach(one -> Endings.inTheCloud(mail, List.of(one)));
                mail.late(EXO, Duration.ZERO);
            }
        }
    }

    /** Somebody outside writes in our name. */
    private static void spoof(Scene scene) {
        Mail mail = scene.mail(scene.ours("director"), scene.ours("ben"));
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
        if (scene.chance().percent(40)) {
            mail.gate("quarantine", mail.to(), "module", "spam", "rule", "inbound_spoof", "folder", "Spoof")
                    .ends(mail.to(), "QUARANTINED", PP);
        } else {
            Endings.fromTheGate(mail, mail.to());
        }
    }

    private static void nullSender(Scene scene) {
        Mail mail = scene.mail("<>", scene.ours("ana"));
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
        Endings.fromTheGate(mail, mail.to());
    }

    /** A stranger hands it straight to the tenant or to a server. */
    private static void pastProofpoint(Scene scene) {
        Mail mail = scene.mail(
                        scene.chance().percent(30) ? scene.ours("director") : scene.outside("info"), scene.ours("ana"))
                .notice("BYPASSED_PROOFPOINT");
        String stranger = "203.0.113." + scene.chance().between(1, 250);
        switch (scene.chance().weighted(60, 20, 20)) {
            case 1 -> {
                mail.comesFrom("OUTSIDE", EXO).cloud("receive", mail.to(), "clientIp", stranger);
                String server = scene.server();
                mail.cloud(
                                "send",
                                mail.to(),
                                "nextHop",
                                Party.host(server),
                                "reply",
                                "250 2.6.0 Queued mail for delivery")
                        .server(server, "receive", mail.to(), "clientIp", Party.CLOUD_IP);
                Endings.onTheServer(mail, server, mail.to());
            }
            case 2 -> {
                String server = scene.server();
                mail.comesFrom("OUTSIDE", ONPREM).server(server, "receive", mail.to(), "clientIp", stranger);
                Endings.onTheServer(mail, server, mail.to());
            }
            default -> {
                mail.comesFrom("OUTSIDE", EXO).cloud("receive", mail.to(), "clientIp", stranger);
                Endings.inTheCloud(mail, mail.to());
            }
        }
    }

    private static void refused(Scene scene) {
        Mail mail = scene.mail(scene.outside("casino"), scene.ours("emil"));
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
        if (scene.chance().percent(50)) {
            mail.gate(
                            "reject",
                            mail.to(),
                            "module",
                            "access",
                            "rule",
                            "blocked_senders",
                            "code",
                            "550 5.7.1 Message rejected")
                    .ends(mail.to(), "REJECTED", PP);
        } else {
            mail.gate("discard", mail.to(), "module", "av", "rule", "virus").ends(mail.to(), "DISCARDED", PP);
        }
    }
}
