package org.mailtrace.standins.flows;

import static org.mailtrace.standins.flows.Party.EXO;
import static org.mailtrace.standins.flows.Party.ONPREM;
import static org.mailtrace.standins.flows.Party.PP;

import java.time.Duration;
import java.util.List;

/** Delays, loops, losses, and records that are late. */
final class Trouble {
    private static final String LOOP = "554 5.4.14 Hop count exceeded - possible mail loop";

    static final List<Families.Family> FAMILIES = List.of(
            new Families.Family("greylisted", 4, Trouble::greylisted),
            new Families.Family("loop", 5, Trouble::loop),
            new Families.Family("lost", 5, Trouble::lost),
            new Families.Family("just-handed-over", 6, Trouble::young),
            new Families.Family("record-a-day-late", 3, Trouble::veryLate),
            new Families.Family("record-late-by-now-there", 3, Trouble::late),
            new Families.Family("moderation", 3, Trouble::moderation),
            new Families.Family("days-ago", 3, Trouble::daysAgo));

    private Trouble() {}

    private static void greylisted(Scene scene) {
        Mail mail = scene.mail(scene.outside("hello"), scene.ours("emil"));
        String ip = scene.outsideIp();
        mail.gate("receive", mail.to(), "clientIp", ip)
                .gate(
                        "retry",
                        mail.to(),
                        "module",
                        "access",
                        "rule",
                        "greylist",
                        "code",
                        "451 4.7.1 Please try again later");
        if (scene.chance().percent(35)) {
            mail.ends(mail.to(), "PENDING", PP);
        } else {
            mail.wait(scene.chance().between(Duration.ofMinutes(5), Duration.ofMinutes(75)))
                    .gate("receive", mail.to(), "clientIp", ip);
            Endings.fromTheGate(mail, mail.to());
        }
    }

    /** Round and round, until a hop counter ends it or somebody repairs the route. */
    private static void loop(Scene scene) {
        Mail mail = scene.mail(scene.outside("sam"), scene.ours("lou"));
        String server = scene.server();
        List<String> to = mail.to();
        mail.gate("receive", to, "clientIp", scene.outsideIp())
                .gate("pass", to, "nextHop", Party.CLOUD_HOST)
                .cloud("receive", to, "clientIp", Party.GATE_IP);
        boolean overProofpoint = scene.chance().percent(40);
        int rounds = scene.chance().between(1, 3);
        for (int i = 0; i < rounds; i++) {
            if (overProofpoint) {
                mail.cloud("send", to, "nextHop", Party.GATE_HOST, "reply", "250 2.0.0 Message accepted for delivery")
                        .gate("receive", to, "clientIp", Party.CLOUD_IP)
                        .gate("pass", to, "nextHop", Party.CLOUD_HOST)
                        .cloud("receive", to, "clientIp", Party.GATE_IP);
            } else {
                mail.cloud("send", to, "nextHop", Party.host(server), "reply", "250 2.6.0 Queued mail for delivery")
                        .server(server, "receive", to, "clientIp", Party.CLOUD_IP);
                if (i == rounds - 1 && scene.chance().percent(50)) {
                    mail.server(server, "fail", to, "code", LOOP).ends(to, "FAILED", ONPREM);
                    return;
                }
                mail.server(server, "sendexternal", to, "nextHop", Party.CLOUD_HOST)
                        .cloud("receive", to, "clientIp", Party.SERVERS_IP);
            }
        }
        if (scene.chance().percent(50)) {
            mail.cloud("fail", to, "code", LOOP).ends(to, "FAILED", EXO);
        } else {
            mail.cloud("deliver", to).ends(to, "DELIVERED", EXO);
        }
    }

    /** Taken by the next system, and never seen again. */
    private static void lost(Scene scene) {
        switch (scene.chance().between(0, 4)) {
            case 0 -> {
                Mail mail = fromOutside(scene);
                mail.gate("pass", mail.to(), "nextHop", Party.CLOUD_HOST);
                missing(mail, PP, EXO);
            }
            case 1 -> {
                Mail mail = fromOutside(scene);
                mail.gate("pass", mail.to(), "nextHop", Party.host(scene.server()));
                missing(mail, PP, ONPREM);
            }
            case 2 -> {
                Mail mail = fromOutside(scene);
                String server = scene.server();
                mail.gate("pass", mail.to(), "nextHop", Party.host(server))
                        .server(server, "receive", mail.to(), "clientIp", Party.GATE_IP)
                        .server(server, "sendexternal", mail.to(), "nextHop", Party.CLOUD_HOST);
                missing(mail, ONPREM, EXO);
            }
            case 3 -> {
                Mail mail = scene.mail(scene.ours("ana"), scene.outside("sam")).comesFrom("MAILBOX", EXO);
                mail.cloud("receive", mail.to())
                        .cloud(
                                "send",
                                mail.to(),
                                "nextHop",
                                Party.GATE_HOST,
                                "reply",
                                "250 2.0.0 Message accepted for delivery");
                missing(mail, EXO, PP);
            }
            default -> {
                Mail mail = scene.mail(scene.ours("ana"), scene.ours("carla")).comesFrom("MAILBOX", EXO);
                mail.cloud("receive", mail.to())
                        .cloud(
                                "send",
                                mail.to(),
                                "nextHop",
                                Party.host(scene.server()),
                                "reply",
                                "250 2.6.0 Queued mail for delivery");
                missing(mail, EXO, ONPREM);
            }
        }
    }

    private static Mail fromOutside(Scene scene) {
        Mail mail = scene.mail(scene.outside("sam"), scene.ours("ana"));
        return mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
    }

    private static void missing(Mail mail, String at, String next) {
        mail.ends(mail.to(), "MISSING_AT_NEXT_HOP", at, List.of(at, next));
    }

    /** Handed over minutes ago; the next system does not show it yet. */
    private static void young(Scene scene) {
        Duration ago = scene.chance().between(Duration.ofMinutes(2), Duration.ofMinutes(15));
        switch (scene.chance().between(0, 2)) {
            case 0 -> {
                Mail mail = scene.mail(scene.now().minus(ago), scene.outside("sam"), scene.ours("ana"));
                mail.late(EXO, Duration.ofMinutes(55)).gate("receive", mail.to(), "clientIp", scene.outsideIp());
                Endings.toTheCloud(mail, mail.to());
            }
            case 1 -> {
                Mail mail = scene.mail(scene.now().minus(ago), scene.ours("fred"), scene.ours("ben"))
                        .comesFrom("MAILBOX", ONPREM);
                mail.late(EXO, Duration.ofMinutes(55));
                String server = Inside.submitted(scene, mail);
                mail.server(server, "sendexternal", mail.to(), "nextHop", Party.CLOUD_HOST)
                        .cloud("receive", mail.to(), "clientIp", Party.SERVERS_IP);
                Endings.inTheCloud(mail, mail.to());
            }
            default -> {
                Mail mail = scene.mail(scene.now().minus(ago), scene.ours("fred"), scene.outside("office"))
                        .comesFrom("MAILBOX", ONPREM);
                mail.late(PP, Duration.ofMinutes(90));
                Outbound.serverToGate(mail, Inside.submitted(scene, mail), mail.to());
                Endings.outside(mail, mail.to());
            }
        }
    }

    /** In rare cases a record of the cloud arrives within a day. */
    private static void veryLate(Scene scene) {
        Mail mail = scene.mail(
                scene.now().minus(scene.chance().between(Duration.ofHours(2), Duration.ofHours(8))),
                scene.outside("sam"),
                scene.ours("ana"));
        mail.late(EXO, Duration.ofHours(15)).gate("receive", mail.to(), "clientIp", scene.outsideIp());
        Endings.toTheCloud(mail, mail.to());
    }

    private static void late(Scene scene) {
        Mail mail = scene.mail(
                scene.now().minus(scene.chance().between(Duration.ofMinutes(50), Duration.ofMinutes(100))),
                scene.outside("sam"),
                scene.ours("ana"));
        mail.late(EXO, Duration.ofMinutes(scene.chance().between(5, 35)))
                .gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate("pass", mail.to(), "nextHop", Party.CLOUD_HOST)
                .cloud("receive", mail.to(), "clientIp", Party.GATE_IP)
                .cloud("deliver", mail.to())
                .ends(mail.to(), "DELIVERED", EXO);
    }

    /** While a moderator decides, Exchange has dropped the original. */
    private static void moderation(Scene scene) {
        Mail mail = scene.mail(scene.ours("carla"), scene.ours("announcements")).comesFrom("MAILBOX", ONPREM);
        String server = Inside.submitted(scene, mail);
        mail.server(server, "transfer", mail.to(), "raw", "{ source: APPROVAL, event-id: INITMESSAGECREATED }")
                .server(server, "drop", mail.to())
                .ends(mail.to(), "PENDING", ONPREM);
    }

    private static void daysAgo(Scene scene) {
        Mail mail = scene.mail(
                scene.now().minus(scene.chance().between(Duration.ofDays(3), Duration.ofDays(9))),
                scene.outside("archive"),
                scene.ours("ana"));
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
        switch (scene.chance().between(0, 2)) {
            case 0 -> Endings.toTheServer(mail, scene.server(), mail.to());
            case 1 -> {
                mail.gate("pass", mail.to(), "nextHop", Party.CLOUD_HOST)
                        .cloud("receive", mail.to(), "clientIp", Party.GATE_IP);
                mail.cloud("deliver", mail.to()).ends(mail.to(), "DELIVERED", EXO);
            }
            default -> {
                mail.gate("pass", mail.to(), "nextHop", Party.CLOUD_HOST);
                missing(mail, PP, EXO);
            }
        }
    }
}
