package org.mailtrace.standins.flows;

import static org.mailtrace.standins.flows.Party.EXO;
import static org.mailtrace.standins.flows.Party.ONPREM;
import static org.mailtrace.standins.flows.Party.PP;

import java.util.List;

/** What goes on under other addresses: groups, aliases, forwards, rewriting. */
final class Readdressing {
    static final List<Families.Family> FAMILIES = List.of(
            new Families.Family("groups-on-servers", 4, Readdressing::serverGroups),
            new Families.Family("groups-in-the-cloud", 4, Readdressing::cloudGroups),
            new Families.Family("alias", 5, Readdressing::serverAlias),
            new Families.Family("alias-in-the-cloud", 4, Readdressing::cloudAlias),
            new Families.Family("forward-inside", 4, Readdressing::forwardInside),
            new Families.Family("forward-outside-rewritten", 4, Readdressing::forwardOutside),
            new Families.Family("redirected-by-proofpoint", 4, Readdressing::byTheGate),
            new Families.Family("member-of-two-groups", 3, Readdressing::twice));

    private Readdressing() {}

    /** A group in a group; its members' mailboxes are spread. */
    private static void serverGroups(Scene scene) {
        String group = scene.ours("all");
        String inner = scene.ours("team");
        List<String> near = List.of(scene.ours("carla"));
        List<String> inCloud = List.of(scene.ours("ben"));
        List<String> last = List.of(scene.ours("gustav"));
        Mail mail = scene.mail(scene.outside("clerk"), group);
        String server = scene.server();
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate("pass", mail.to(), "nextHop", Party.host(server))
                .server(server, "receive", mail.to(), "clientIp", Party.GATE_IP)
                .server(
                        server,
                        "expand",
                        List.of(group),
                        "group",
                        group,
                        "members",
                        Mail.list(Endings.and(near, inner)));
        Endings.onTheServer(mail, server, near);
        mail.server(
                        server,
                        "expand",
                        List.of(inner),
                        "group",
                        inner,
                        "members",
                        Mail.list(Endings.and(inCloud, last.getFirst())))
                .server(server, "sendexternal", inCloud, "nextHop", Party.CLOUD_HOST)
                .cloud("receive", inCloud, "clientIp", Party.SERVERS_IP);
        Endings.inTheCloud(mail, inCloud);
        Endings.onTheServer(mail, server, last);
        mail.wentOnTo(inner, ONPREM, Endings.and(inCloud, last.getFirst()));
        mail.wentOnTo(group, ONPREM, Endings.and(near, inner));
    }

    private static void cloudGroups(Scene scene) {
        String group = scene.ours("storm");
        String inner = scene.ours("night");
        List<String> members = List.of(scene.ours("ana"), scene.ours("ben"));
        List<String> inners = List.of(scene.ours("hugo"), scene.ours("ida"));
        Mail mail = scene.mail(scene.outside("press"), group);
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate("pass", mail.to(), "nextHop", Party.CLOUD_HOST)
                .cloud("receive", mail.to(), "clientIp", Party.GATE_IP);
        boolean nested = scene.chance().percent(50);
        List<String> first = nested ? Endings.and(members, inner) : members;
        mail.cloud("expand", List.of(group), "group", group, "members", Mail.list(first));
        members.forEach(one -> Endings.inTheCloud(mail, List.of(one)));
        if (nested) {
            mail.cloud("expand", List.of(inner), "group", inner, "members", Mail.list(inners));
            inners.forEach(one -> Endings.inTheCloud(mail, List.of(one)));
            mail.wentOnTo(inner, EXO, inners);
        }
        mail.wentOnTo(group, EXO, first);
    }

    /** A server resolves it to the mailbox's secondary cloud address. */
    private static void serverAlias(Scene scene) {
        Mail mail = scene.mail(scene.outside("council"), scene.ours("lena"));
        String alias = scene.alias("lena");
        String server = scene.server();
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate("pass", mail.to(), "nextHop", Party.host(server))
                .server(server, "receive", mail.to(), "clientIp", Party.GATE_IP)
                .server(server, "resolve", mail.to(), "resolvedTo", alias)
                .server(server, "sendexternal", List.of(alias), "nextHop", Party.CLOUD_HOST)
                .cloud("receive", List.of(alias), "clientIp", Party.SERVERS_IP);
        Endings.inTheCloud(mail, List.of(alias));
        mail.sameMailboxAs(mail.to().getFirst(), alias, ONPREM);
    }

    private static void cloudAlias(Scene scene) {
        Mail mail = scene.mail(scene.outside("council"), scene.ours("info"));
        String alias = scene.ours("mia");
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate("pass", mail.to(), "nextHop", Party.CLOUD_HOST)
                .cloud("receive", mail.to(), "clientIp", Party.GATE_IP)
                .cloud("resolve", mail.to(), "resolvedTo", alias);
        Endings.inTheCloud(mail, List.of(alias));
        mail.sameMailboxAs(mail.to().getFirst(), alias, EXO);
    }

    /** A former colleague's mail goes to a successor, here or there. */
    private static void forwardInside(Scene scene) {
        Mail mail = scene.mail(scene.outside("orders"), scene.ours("former"));
        String server = scene.server();
        List<String> successor = List.of(scene.ours("carla"));
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate("pass", mail.to(), "nextHop", Party.host(server))
                .server(server, "receive", mail.to(), "clientIp", Party.GATE_IP)
                .server(server, "redirect", mail.to(), "resolvedTo", successor.getFirst());
        if (scene.chance().percent(50)) {
            mail.server(server, "sendexternal", successor, "nextHop", Party.CLOUD_HOST)
                    .cloud("receive", successor, "clientIp", Party.SERVERS_IP);
            Endings.inTheCloud(mail, successor);
        } else {
            Endings.onTheServer(mail, server, successor);
        }
        mail.wentOnTo(mail.to().getFirst(), ONPREM, successor);
    }

    /** It leaves again for somebody outside, through Proofpoint a second time, there with a rewritten sender. */
    private static void forwardOutside(Scene scene) {
        Mail mail = scene.mail(scene.outside("sam"), scene.ours("marta"));
        String server = scene.server();
        List<String> outside = List.of(scene.outside("marta.home"));
        String rewritten = "srs+" + mail.sender().replace('@', '=') + "@" + Party.DOMAIN;
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate("pass", mail.to(), "nextHop", Party.host(server))
                .server(server, "receive", mail.to(), "clientIp", Party.GATE_IP)
                .server(server, "redirect", mail.to(), "resolvedTo", outside.getFirst());
        mail.server(
                server,
                "sendexternal",
                outside,
                "nextHop",
                Party.GATE_HOST,
                "reply",
                "250 2.0.0 Message accepted for delivery");
        mail.rewrittenTo(rewritten)
                .gate(
                        "receive",
                        outside,
                        "clientIp",
                        Party.SERVERS_TO_GATE_IP,
                        "raw",
                        "{ Sender: \"" + rewritten + "\" }");
        Endings.outside(mail, outside);
        mail.wentOnTo(mail.to().getFirst(), ONPREM, outside);
    }

    /** A rule of Proofpoint sends it to another host and person. */
    private static void byTheGate(Scene scene) {
        Mail mail = scene.mail(scene.outside("claims"), scene.ours("claims"));
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp());
        if (scene.chance().percent(50)) {
            List<String> office = List.of(scene.outside("office"));
            String host = "mx.claims-partner.example";
            mail.gate(
                            "redirect",
                            mail.to(),
                            "module",
                            "access",
                            "rule",
                            "claims",
                            "resolvedTo",
                            office.getFirst(),
                            "nextHop",
                            host)
                    .handedOff(office, PP, host, List.of(PP))
                    .wentOnTo(mail.to().getFirst(), PP, office);
        } else {
            List<String> colleague = List.of(scene.ours("nora"));
            mail.gate(
                            "redirect",
                            mail.to(),
                            "module",
                            "access",
                            "rule",
                            "claims",
                            "resolvedTo",
                            colleague.getFirst(),
                            "nextHop",
                            Party.CLOUD_HOST)
                    .cloud("receive", colleague, "clientIp", Party.GATE_IP);
            Endings.inTheCloud(mail, colleague);
            mail.wentOnTo(mail.to().getFirst(), PP, colleague);
        }
    }

    /** The second copy for the same colleague is no delivery. */
    private static void twice(Scene scene) {
        String works = scene.ours("works");
        String roads = scene.ours("roads");
        List<String> colleague = List.of(scene.ours("carla"));
        Mail mail = scene.mail(scene.ours("fred"), works, roads).comesFrom("MAILBOX", ONPREM);
        String server = Inside.submitted(scene, mail);
        String other = Party.otherServer(server);
        mail.server(server, "expand", List.of(works), "group", works, "members", Mail.list(colleague))
                .server(server, "send", List.of(roads), "nextHop", other)
                .server(other, "receive", List.of(roads))
                .server(other, "expand", List.of(roads), "group", roads, "members", Mail.list(colleague))
                .server(other, "deliver", colleague)
                .ends(colleague, "DELIVERED", ONPREM)
                .server(server, "transfer", colleague, "raw", "{ source: STOREDRIVER, event-id: DUPLICATEDELIVER }")
                .wentOnTo(works, ONPREM, colleague)
                .wentOnTo(roads, ONPREM, colleague);
    }
}
