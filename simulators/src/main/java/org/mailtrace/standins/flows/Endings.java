package org.mailtrace.standins.flows;

import static org.mailtrace.standins.flows.Party.EXO;
import static org.mailtrace.standins.flows.Party.ONPREM;
import static org.mailtrace.standins.flows.Party.PP;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How a message may end once a system has it. */
final class Endings {
    private static final String FULL = "554 5.2.2 mailbox full; STOREDRV.Deliver; quota exceeded";
    private static final String UNKNOWN =
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup";
    private static final String BUSY = "451 4.7.500 Server busy. Please try again later";
    private static final String SILENT = "451 4.4.1 Connection timed out";

    private Endings() {}

    /** In the cloud, which has it. */
    static void inTheCloud(Mail mail, List<String> who) {
        Chance chance = mail.chance();
        switch (chance.weighted(50, 12, 8, 6, 10, 5, 6, 3, 4)) {
            case 1 -> mail.cloud("junk", who).ends(who, "JUNKED", EXO);
            case 2 -> mail.cloud("quarantine", who).ends(who, "QUARANTINED", EXO);
            case 3 -> mail.cloud("filteredAsSpam", who).ends(who, "REJECTED", EXO);
            case 4 ->
                mail.cloud("fail", who, "code", chance.percent(50) ? UNKNOWN : FULL)
                        .ends(who, "FAILED", EXO);
            case 5 ->
                mail.wait(Duration.ofMinutes(3))
                        .cloud("defer", who, "code", BUSY)
                        .ends(who, "PENDING", EXO);
            case 6 ->
                mail.cloud("defer", who, "code", BUSY)
                        .wait(chance.between(Duration.ofMinutes(2), Duration.ofMinutes(30)))
                        .cloud("deliver", who)
                        .ends(who, "DELIVERED", EXO);
            case 7 -> mail.cloud("deliver", who, "raw", "{ status: recalled }").ends(who, "REMOVED", EXO);
            case 8 ->
                mail.cloud("quarantine", who)
                        .wait(chance.between(Duration.ofMinutes(5), Duration.ofMinutes(50)))
                        .cloud("deliver", who)
                        .ends(who, "DELIVERED", EXO);
            default -> mail.cloud("deliver", who).ends(who, "DELIVERED", EXO);
        }
    }

    /** On an Exchange server that has it, or on its neighbour. */
    static void onTheServer(Mail mail, String server, List<String> who) {
        Chance chance = mail.chance();
        switch (chance.weighted(45, 22, 13, 6, 10, 4)) {
            case 1 -> {
                String other = Party.otherServer(server);
                mail.server(server, "send", who, "nextHop", other)
                        .server(other, "receive", who)
                        .server(other, "deliver", who)
                        .ends(who, "DELIVERED", ONPREM);
            }
            case 2 -> mail.server(server, "fail", who, "code", FULL).ends(who, "FAILED", ONPREM);
            case 3 -> mail.server(server, "defer", who, "code", SILENT).ends(who, "PENDING", ONPREM);
            case 4 ->
                mail.server(server, "defer", who, "code", "432 4.2.0 STOREDRV.Deliver; mailbox busy")
                        .wait(chance.between(Duration.ofMinutes(2), Duration.ofMinutes(40)))
                        .server(server, "deliver", who)
                        .ends(who, "DELIVERED", ONPREM);
            case 5 -> mail.server(server, "drop", who).ends(who, "DISCARDED", ONPREM);
            default -> mail.server(server, "deliver", who).ends(who, "DELIVERED", ONPREM);
        }
    }

    /** Proofpoint hands it to the outside, or tries to. */
    static void outside(Mail mail, List<String> who) {
        Chance chance = mail.chance();
        String domain = who.getFirst().replaceAll(".*@", "");
        String host = "mail." + domain;
        switch (chance.weighted(55, 15, 10, 10, 10)) {
            case 1 ->
                mail.gate("bounce", who, "nextHop", host, "code", "550 5.1.1 User unknown")
                        .ends(who, "FAILED", PP);
            case 2 ->
                mail.wait(Duration.ofMinutes(20))
                        .gate("defer", who, "nextHop", host, "code", SILENT)
                        .ends(who, "PENDING", PP);
            case 3 ->
                mail.gate("defer", who, "nextHop", host, "code", "450 4.7.1 Greylisted, try again later")
                        .wait(chance.between(Duration.ofMinutes(5), Duration.ofMinutes(40)))
                        .gate("pass", who, "nextHop", host, "reply", "250 2.0.0 Ok: queued as 4WxYz1")
                        .handedOff(who, PP, host, List.of(PP));
            case 4 -> {
                // Another organisation's tenant has a host whose name looks like ours: our own must be known to lack
                // it.
                String tenant = domain.replace('.', '-') + ".mail.protection.outlook.com";
                mail.gate("pass", who, "nextHop", tenant, "reply", "250 2.6.0 Queued mail for delivery")
                        .handedOff(who, PP, tenant, List.of(PP, EXO));
            }
            default ->
                mail.gate("pass", who, "nextHop", host, "reply", "250 2.0.0 Ok: queued as 7QpRs2")
                        .handedOff(who, PP, host, List.of(PP));
        }
    }

    /** From Proofpoint, which has it, to a mailbox of ours, or not so far. */
    static void fromTheGate(Mail mail, List<String> who) {
        Chance chance = mail.chance();
        switch (chance.weighted(50, 25, 15, 5, 5)) {
            case 1 -> toTheServer(mail, chance.percent(50) ? "EXCH01" : "EXCH02", who);
            case 2 -> {
                String server = chance.percent(50) ? "EXCH01" : "EXCH02";
                mail.gate("pass", who, "nextHop", Party.host(server))
                        .server(server, "receive", who, "clientIp", Party.GATE_IP)
                        .server(server, "sendexternal", who, "nextHop", Party.CLOUD_HOST)
                        .cloud("receive", who, "clientIp", Party.SERVERS_IP);
                inTheCloud(mail, who);
            }
            case 3 ->
                mail.gate("defer", who, "nextHop", Party.CLOUD_HOST, "code", SILENT)
                        .wait(Duration.ofMinutes(40))
                        .gate("defer", who, "nextHop", Party.CLOUD_HOST, "code", SILENT)
                        .ends(who, "PENDING", PP);
            case 4 -> {
                mail.gate("defer", who, "nextHop", Party.CLOUD_HOST, "code", BUSY)
                        .wait(chance.between(Duration.ofMinutes(5), Duration.ofMinutes(60)));
                toTheCloud(mail, who);
            }
            default -> toTheCloud(mail, who);
        }
    }

    static void toTheCloud(Mail mail, List<String> who) {
        mail.gate("pass", who, "nextHop", Party.CLOUD_HOST).cloud("receive", who, "clientIp", Party.GATE_IP);
        inTheCloud(mail, who);
    }

    static void toTheServer(Mail mail, String server, List<String> who) {
        mail.gate("pass", who, "nextHop", Party.host(server)).server(server, "receive", who, "clientIp", Party.GATE_IP);
        onTheServer(mail, server, who);
    }

    /** Addresses, one after the other. */
    static List<String> and(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
