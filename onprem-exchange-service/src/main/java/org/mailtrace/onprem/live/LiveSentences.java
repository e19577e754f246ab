package org.mailtrace.onprem.live;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is said about servers that were asked themselves. Times are UTC. */
public final class LiveSentences {
    static final String BY_HEADER = "Exchange can be asked for the From or Sender header only: messages that carry the "
            + "address in the envelope alone are not shown. Name a recipient, an id or a shorter window.";

    private LiveSentences() {}

    static String tooWide(Duration widest) {
        return "The servers are asked for at most " + widest.toHours()
                + " hours unless the question names an address or an id; ask for a shorter window.";
    }

    static String notAuthenticated(String server) {
        return server + " refused the account of this service; check mailtrace.onprem.servers." + server
                + ".live.user and its password or key table, and that this kind of authentication is switched on there.";
    }

    static String notAllowed(String server) {
        return server + " does not let the account of this service into remote PowerShell; allow it with Set-User "
                + "-RemotePowerShellEnabled and put it into a role group that holds the Message Tracking role.";
    }

    static String noTicket(String server) {
        return "No Kerberos ticket could be had for " + server
                + "; check the key table, the realm in krb5.conf, and that "
                + "live.url names the server by its own host name.";
    }

    static String tooManyShells(String server) {
        return server + " allows the account no further remote shell for now; they end by themselves when idle. Lower "
                + "mailtrace.onprem.live.sessions, or raise PowerShellMaxConcurrency in its throttling policy.";
    }

    static String overloaded(String server) {
        return server + " says that the account asks too much for now; ask again later.";
    }

    static String busy(String server, int sessions) {
        return "All " + sessions + " remote shells to " + server + " are busy; ask again in a moment.";
    }

    static String slow(String server) {
        return server + " did not answer in time; ask again, or for a shorter window.";
    }

    static String unreachable(String server) {
        return server + " cannot be reached; check mailtrace.onprem.servers." + server
                + ".live.url and the way there. It is tried again by itself.";
    }

    static String untrusted(String server) {
        return "The certificate of " + server
                + " is not trusted by this service, or is for another name; add its issuer "
                + "to the trust store, or use the name in the certificate.";
    }

    static String wrongAddress(String server) {
        return "There is no PowerShell endpoint of Exchange at mailtrace.onprem.servers." + server
                + ".live.url; it usually is https://<host>/PowerShell/.";
    }

    static String unusable(String server) {
        return server + " gave no usable answer; it is tried again by itself.";
    }

    static String fault(String server, long code) {
        return server + " answered with the fault " + code + "; look it up in the server's event log.";
    }

    static String noCmdlet(String server) {
        return server
                + " does not offer Get-MessageTrackingLog to the account of this service; put it into a role group "
                + "that holds the Message Tracking role.";
    }

    static String noParameter(String server) {
        return server
                + " does not know a parameter of Get-MessageTrackingLog that was sent; give the account the whole "
                + "Message Tracking role. Exchange before 2016 is not asked in this way.";
    }

    static String noNetworkMessageId(String server) {
        return server + " cannot be asked by network message id, which Exchange knows since 2016; ask by Message-ID.";
    }

    static String noLanguage(String server) {
        return "The endpoint of " + server + " refuses the command as script text; check that live.url leads to the "
                + "PowerShell directory of Exchange and that the account holds the Message Tracking role.";
    }

    static String logSearchDown(String server) {
        return "The tracking logs of " + server + " cannot be searched there; start its service Microsoft Exchange "
                + "Transport Log Search.";
    }

    static String cmdletFailed(String server) {
        return "Get-MessageTrackingLog ended with an error on " + server + "; run it there in the Exchange Management "
                + "Shell to see which.";
    }

    static String zoneUnknown(String server) {
        return server + " sends times without a zone; set mailtrace.onprem.servers." + server + ".live.time-zone.";
    }

    static String capped(String server, int cap) {
        return server + " has more rows than the " + cap + " that are read; ask for a shorter window or an id.";
    }

    static String noWitness(String server, Instant from) {
        return "The log of " + server + " holds no row from shortly before " + shown(from)
                + "; it may not go back that far.";
    }

    static String silent(String server, Duration quiet) {
        return server + " has logged nothing in the last " + quiet.toMinutes()
                + " minutes of the window; what happened there is not known.";
    }

    static String followUpsCut(int most) {
        return "More messages were found than the " + most + " that are asked for again by their id; some are shown "
                + "without all their recipients and events. Ask for a shorter window.";
    }

    static String followUpFailed(String server) {
        return server + " could not be asked for everything about the messages found.";
    }

    /** Both ways answered, one after the other. */
    public static String bothWays(String server, Instant filesUntil) {
        return "The files of " + server + " told what happened up to " + shown(filesUntil)
                + ", the server itself what happened after that.";
    }

    /** The server alone answered. */
    public static String serverAlone(String server) {
        return "The server " + server + " itself was asked; its files could not tell.";
    }

    /** The files answered, the server did not. */
    public static String filesAlone(String server, Instant filesUntil, String why) {
        return "The files of " + server + " told what happened up to " + shown(filesUntil)
                + "; the server itself did not add to that: " + why;
    }

    static String shown(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
