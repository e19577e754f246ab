package org.mailtrace.standins.flows;

import static org.mailtrace.standins.flows.Party.PP;

import java.time.Duration;
import java.util.List;

/** Proofpoint's quarantine. */
final class Holding {
    static final List<Families.Family> FAMILIES = List.of(
            new Families.Family("held", 5, Holding::held),
            new Families.Family("released", 5, Holding::released),
            new Families.Family("released-and-filtered-again", 4, Holding::filteredAgain),
            new Families.Family("held-and-gone", 3, Holding::gone),
            new Families.Family("copied", 3, Holding::copied));

    private Holding() {}

    private static Mail quarantined(Scene scene, Mail mail) {
        boolean dangerous = scene.chance().percent(30);
        return mail.gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate(
                        "quarantine",
                        mail.to(),
                        "module",
                        "spam",
                        "rule",
                        dangerous ? "inbound_phish" : "inbound_bulk",
                        "folder",
                        dangerous ? "Phish" : "Bulk");
    }

    private static void held(Scene scene) {
        Mail mail = scene.mail(scene.outside("offers"), scene.ours("ana"));
        quarantined(scene, mail).ends(mail.to(), "QUARANTINED", PP);
    }

    private static void released(Scene scene) {
        Mail mail = scene.mail(scene.outside("digest"), scene.ours("ben"));
        quarantined(scene, mail)
                .wait(scene.chance().between(Duration.ofMinutes(5), Duration.ofMinutes(70)))
                .notice("RELEASED")
                .gate("release", mail.to());
        Endings.toTheCloud(mail, mail.to());
    }

    /** Released messages may take the whole way through the filters once more. */
    private static void filteredAgain(Scene scene) {
        Mail mail = scene.mail(scene.outside("invitations"), scene.ours("dora"));
        quarantined(scene, mail)
                .wait(scene.chance().between(Duration.ofMinutes(5), Duration.ofMinutes(70)))
                .notice("RELEASED")
                .gate("release", mail.to())
                .gate("pass", mail.to(), "nextHop", Party.GATE_HOST)
                .gate("receive", mail.to(), "clientIp", "192.0.2.95");
        Endings.fromTheGate(mail, mail.to());
    }

    /** Longer ago than folders keep it: released, expired or deleted, nobody knows. */
    private static void gone(Scene scene) {
        Mail mail = scene.mail(
                scene.now().minus(scene.chance().between(Duration.ofDays(16), Duration.ofDays(25))),
                scene.outside("promo"),
                scene.ours("emil"));
        quarantined(scene, mail).ends(mail.to(), Fate.GONE, PP, List.of());
    }

    private static void copied(Scene scene) {
        Mail mail = scene.mail(scene.outside("sam"), scene.ours("ben"));
        mail.gate("receive", mail.to(), "clientIp", scene.outsideIp())
                .gate("copy", mail.to(), "module", "content", "rule", "audit", "folder", "Audit");
        Endings.fromTheGate(mail, mail.to());
    }
}
