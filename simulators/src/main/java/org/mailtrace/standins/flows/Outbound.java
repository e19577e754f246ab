package org.mailtrace.standins.flows;

import static org.mailtrace.standins.flows.Party.EXO;
import static org.mailtrace.standins.flows.Party.ONPREM;

import java.util.List;

/** What leaves. */
final class Outbound {
    private static final String TAKEN = "250 2.0.0 Message accepted for delivery";

    static final List<Families.Family> FAMILIES = List.of(
            new Families.Family("cloud-to-outside", 6, Outbound::fromTheCloud),
            new Families.Family("onprem-to-outside", 6, Outbound::fromAServer),
            new Families.Family("device-to-outside", 3, Outbound::fromADevice),
            new Families.Family("inside-and-outside", 4, Outbound::both),
            new Families.Family("non-delivery-report", 4, Outbound::report));

    private Outbound() {}

    private static void fromTheCloud(Scene scene) {
        Mail mail = scene.mail(scene.ours("ana"), scene.outside("sam")).comesFrom("MAILBOX", EXO);
        mail.cloud("receive", mail.to());
        cloudToGate(mail, mail.to());
        Endings.outside(mail, mail.to());
    }

    private static void fromAServer(Scene scene) {
        Mail mail = scene.mail(scene.ours("fred"), scene.outside("office")).comesFrom("MAILBOX", ONPREM);
        serverToGate(mail, Inside.submitted(scene, mail), mail.to());
        Endings.outside(mail, mail.to());
    }

    private static void fromADevice(Scene scene) {
        Mail mail = scene.mail(scene.ours("pump"), scene.outside("service")).comesFrom("DEVICE", ONPREM);
        String server = scene.server();
        mail.server(
                server,
                "receive",
                mail.to(),
                "device",
                "10.20." + scene.chance().between(1, 250) + ".80");
        if (scene.chance().percent(25)) {
            // Straight to the other side, past Proofpoint.
            String host = "mail." + mail.to().getFirst().replaceAll(".*@", "");
            mail.server(server, "sendexternal", mail.to(), "nextHop", host, "reply", "250 2.0.0 Ok: queued as 1AbC")
                    .handedOff(mail.to(), ONPREM, host, List.of(ONPREM));
        } else {
            serverToGate(mail, server, mail.to());
            Endings.outside(mail, mail.to());
        }
    }

    /** One copy stays in the house, the other leaves. */
    private static void both(Scene scene) {
        String inside = scene.ours("hugo");
        String outside = scene.outside("partner");
        if (scene.chance().percent(50)) {
            Mail mail = scene.mail(scene.ours("ana"), inside, outside).comesFrom("MAILBOX", EXO);
            mail.cloud("receive", mail.to());
            Endings.inTheCloud(mail, List.of(inside));
            cloudToGate(mail, List.of(outside));
            Endings.outside(mail, List.of(outside));
        } else {
            Mail mail = scene.mail(scene.ours("fred"), inside, outside).comesFrom("MAILBOX", ONPREM);
            String server = Inside.submitted(scene, mail);
            serverToGate(mail, server, List.of(outside));
            Endings.outside(mail, List.of(outside));
            Endings.onTheServer(mail, server, List.of(inside));
        }
    }

    /** The mailbox is unknown in the cloud, and the report about that leaves for the sender. */
    private static void report(Scene scene) {
        String sender = scene.outside("sam");
        Mail mail = scene.mail(sender, scene.ours("annna"));
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate("pass", mail.to(), "nextHop", Party.CLOUD_HOST)
                .cloud("receive", mail.to(), "clientIp", Party.GATE_IP)
                .cloud("fail", mail.to(), "code", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found")
                .ends(mail.to(), "FAILED", EXO);
        Mail report = scene.mail(mail.begins().plusSeconds(9), "<>", sender).comesFrom("MAILBOX", EXO);
        report.cloud("receive", report.to());
        cloudToGate(report, report.to());
        Endings.outside(report, report.to());
    }

    static void cloudToGate(Mail mail, List<String> who) {
        mail.cloud("send", who, "nextHop", Party.GATE_HOST, "reply", TAKEN)
                .gate("receive", who, "clientIp", Party.CLOUD_IP);
    }

    static void serverToGate(Mail mail, String server, List<String> who) {
        mail.server(server, "sendexternal", who, "nextHop", Party.GATE_HOST, "reply", TAKEN)
                .gate("receive", who, "clientIp", Party.SERVERS_TO_GATE_IP);
    }
}
