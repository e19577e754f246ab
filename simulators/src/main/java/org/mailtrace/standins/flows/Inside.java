package org.mailtrace.standins.flows;

import static org.mailtrace.standins.flows.Party.EXO;
import static org.mailtrace.standins.flows.Party.ONPREM;

import java.util.List;

/** What begins and ends with us. */
final class Inside {
    static final List<Families.Family> FAMILIES = List.of(
            new Families.Family("cloud-to-cloud", 5, Inside::cloudToCloud),
            new Families.Family("onprem-to-onprem", 5, Inside::serverToServer),
            new Families.Family("hybrid-to-cloud", 5, Inside::toTheCloud),
            new Families.Family("hybrid-to-onprem", 5, Inside::toTheServers),
            new Families.Family("device", 5, Inside::device));

    private Inside() {}

    private static void cloudToCloud(Scene scene) {
        Mail mail = scene.mail(scene.ours("ben"), scene.ours("ana"), scene.ours("hugo"))
                .comesFrom("MAILBOX", EXO);
        mail.cloud("receive", mail.to());
        mail.to().forEach(one -> Endings.inTheCloud(mail, List.of(one)));
    }

    private static void serverToServer(Scene scene) {
        Mail mail = scene.mail(scene.ours("carla"), scene.ours("fred")).comesFrom("MAILBOX", ONPREM);
        String server = submitted(scene, mail);
        Endings.onTheServer(mail, server, mail.to());
    }

    private static void toTheCloud(Scene scene) {
        Mail mail = scene.mail(scene.ours("carla"), scene.ours("ben")).comesFrom("MAILBOX", ONPREM);
        String server = submitted(scene, mail);
        onwards(scene, mail, server);
    }

    /** Some are taken up by the server's neighbour before they leave. */
    private static void onwards(Scene scene, Mail mail, String first) {
        String server = first;
        if (scene.chance().percent(25)) {
            server = Party.otherServer(first);
            mail.server(first, "send", mail.to(), "nextHop", server).server(server, "receive", mail.to());
        }
        mail.server(server, "sendexternal", mail.to(), "nextHop", Party.CLOUD_HOST)
                .cloud("receive", mail.to(), "clientIp", Party.SERVERS_IP);
        Endings.inTheCloud(mail, mail.to());
    }

    private static void toTheServers(Scene scene) {
        Mail mail = scene.mail(scene.ours("ben"), scene.ours("carla")).comesFrom("MAILBOX", EXO);
        String server = scene.server();
        mail.cloud("receive", mail.to())
                .cloud("send", mail.to(), "nextHop", Party.host(server), "reply", "250 2.6.0 Queued mail for delivery")
                .server(server, "receive", mail.to(), "clientIp", Party.CLOUD_IP);
        Endings.onTheServer(mail, server, mail.to());
    }

    private static void device(Scene scene) {
        Mail mail = scene.mail(scene.ours("scanner"), scene.ours("ana")).comesFrom("DEVICE", ONPREM);
        String server = scene.server();
        mail.server(
                server,
                "receive",
                mail.to(),
                "device",
                "10.20." + scene.chance().between(1, 250) + ".17");
        if (scene.chance().percent(60)) {
            onwards(scene, mail, server);
        } else {
            Endings.onTheServer(mail, server, mail.to());
        }
    }

    static String submitted(Scene scene, Mail mail) {
        String server = scene.server();
        mail.server(server, "submit", mail.to(), "clientIp", "10.30.8.41").server(server, "receive", mail.to());
        return server;
    }
}
