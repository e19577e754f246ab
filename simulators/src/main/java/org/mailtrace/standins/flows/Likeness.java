package org.mailtrace.standins.flows;

import static org.mailtrace.standins.flows.Party.EXO;
import static org.mailtrace.standins.flows.Party.ONPREM;
import static org.mailtrace.standins.flows.Party.PP;

import java.time.Duration;
import java.util.List;

/** Messages that are easily mistaken for each other, and one message that looks like two. */
final class Likeness {
    private static final String NO_NETWORK_ID = "{ network-message-id: 00000000-0000-0000-0000-000000000000 }";

    static final List<Families.Family> FAMILIES = List.of(
            new Families.Family("resent", 6, Likeness::resent),
            new Families.Family("same-id-for-others", 4, Likeness::bulk),
            new Families.Family("same-id-from-a-device", 4, Likeness::device),
            new Families.Family("no-network-id", 4, Likeness::noNetworkId),
            new Families.Family("no-message-id-at-proofpoint", 5, Likeness::noMessageId),
            new Families.Family("twins", 5, Likeness::twins),
            new Families.Family("almost-the-same-address", 3, Likeness::neighbours));

    private Likeness() {}

    private static Duration gap(Scene scene) {
        return scene.chance()
                .of(List.of(
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(11),
                        Duration.ofMinutes(45),
                        Duration.ofMinutes(150)));
    }

    /** The sender's program sends the very same message again. */
    private static void resent(Scene scene) {
        Mail first = scene.mail(
                scene.now().minus(scene.chance().between(Duration.ofHours(6), Duration.ofHours(20))),
                scene.outside("sam"),
                scene.ours("ana"));
        Mail second = scene.again(first, first.begins().plus(gap(scene)));
        for (Mail mail : List.of(first, second)) {
            mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
            if (scene.chance().percent(25)) {
                mail.gate("quarantine", mail.to(), "module", "spam", "rule", "inbound_bulk", "folder", "Bulk")
                        .ends(mail.to(), "QUARANTINED", PP);
            } else if (scene.chance().percent(20)) {
                mail.gate(
                                "reject",
                                mail.to(),
                                "module",
                                "access",
                                "rule",
                                "blocked",
                                "code",
                                "550 5.7.1 Rejected by policy")
                        .ends(mail.to(), "REJECTED", PP);
            } else {
                Endings.fromTheGate(mail, mail.to());
            }
        }
    }

    /** One Message-ID in two transactions, for two people, seconds or minutes apart. */
    private static void bulk(Scene scene) {
        Mail first = scene.mail(scene.outside("list"), scene.ours("ana"));
        Mail second = scene.mail(
                        first.begins().plusSeconds(scene.chance().between(1, 200)), first.sender(), scene.ours("ben"))
                .named(first.messageId());
        for (Mail mail : List.of(first, second)) {
            mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
            Endings.fromTheGate(mail, mail.to());
        }
    }

    /** A device that gives every message the same id. */
    private static void device(Scene scene) {
        Mail first = scene.mail(
                        scene.now().minus(scene.chance().between(Duration.ofHours(6), Duration.ofHours(20))),
                        scene.ours("scanner"),
                        scene.ours("ana"))
                .comesFrom("DEVICE", ONPREM);
        Mail second = scene.mail(
                        first.begins().plus(gap(scene)),
                        first.sender(),
                        first.to().getFirst())
                .comesFrom("DEVICE", ONPREM)
                .named(first.messageId());
        for (Mail mail : List.of(first, second)) {
            String server = scene.server();
            mail.server(server, "receive", mail.to(), "device", "10.20.4.17")
                    .server(server, "sendexternal", mail.to(), "nextHop", Party.CLOUD_HOST)
                    .cloud("receive", mail.to(), "clientIp", Party.SERVERS_IP);
            Endings.inTheCloud(mail, mail.to());
        }
    }

    /** An old server's rows have no network message id. */
    private static void noNetworkId(Scene scene) {
        Mail mail = scene.mail(scene.outside("orders"), scene.ours("fred"));
        String server = scene.server();
        String other = Party.otherServer(server);
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate("pass", mail.to(), "nextHop", Party.host(server))
                .server(server, "receive", mail.to(), "clientIp", Party.GATE_IP, "raw", NO_NETWORK_ID);
        if (scene.chance().percent(50)) {
            mail.server(server, "send", mail.to(), "nextHop", other, "raw", NO_NETWORK_ID)
                    .server(other, "receive", mail.to())
                    .server(other, "deliver", mail.to())
                    .ends(mail.to(), "DELIVERED", ONPREM);
        } else {
            mail.server(server, "sendexternal", mail.to(), "nextHop", Party.CLOUD_HOST, "raw", NO_NETWORK_ID)
                    .cloud("receive", mail.to(), "clientIp", Party.SERVERS_IP);
            Endings.inTheCloud(mail, mail.to());
        }
    }

    /** The sender gave none; Exchange makes one, and Proofpoint's row has none. */
    private static void noMessageId(Scene scene) {
        Mail mail = scene.mail(scene.outside("meter"), scene.ours("ana")).notOneId();
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp(), "raw", "{ Message_ID: \"\" }");
        if (scene.chance().percent(30)) {
            mail.gate("quarantine", mail.to(), "module", "spam", "rule", "inbound_bulk", "folder", "Bulk")
                    .ends(mail.to(), "QUARANTINED", PP);
        } else {
            Endings.fromTheGate(mail, mail.to());
        }
    }

    /** Two messages of one sender to one person with one subject, of which the first may have no id at Proofpoint. */
    private static void twins(Scene scene) {
        Mail first = scene.mail(scene.outside("alarm"), scene.ours("ana"));
        Mail second =
                scene.again(first, first.begins().plusSeconds(scene.chance().between(5, 120)));
        second.named("<twin-" + first.messageId().substring(1));
        boolean noId = scene.chance().percent(50);
        if (noId) {
            first.notOneId();
        }
        for (Mail mail : List.of(first, second)) {
            if (noId && mail == first) {
                mail.gate("receive", mail.to(), "clientIp", scene.outsideIp(), "raw", "{ Message_ID: \"\" }");
            } else {
                mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
            }
            if (scene.chance().percent(30)) {
                mail.gate("quarantine", mail.to(), "module", "spam", "rule", "inbound_bulk", "folder", "Bulk")
                        .ends(mail.to(), "QUARANTINED", PP);
            } else {
                Endings.fromTheGate(mail, mail.to());
            }
        }
    }

    /** One address holds the other. */
    private static void neighbours(Scene scene) {
        Mail first = scene.mail(scene.outside("sam"), scene.ours("ana"));
        Mail second = scene.mail(first.begins().plusSeconds(40), first.sender(), scene.ours("dana"));
        for (Mail mail : List.of(first, second)) {
            mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
            Endings.fromTheGate(mail, mail.to());
        }
        Mail third = scene.mail(first.begins().plusSeconds(90), scene.ours("hugo"), scene.ours("juliana"))
                .comesFrom("MAILBOX", EXO);
        third.cloud("receive", third.to());
        Endings.inTheCloud(third, third.to());
    }
}
