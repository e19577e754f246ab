package org.mailtrace.onprem.follow;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is said about servers whose logs could not be read in full. Times are UTC. */
public final class FollowSentences {
    /** Why something is missing of a file that is gone. */
    static final String GONE_UNREAD = "The file was deleted before it was read to its end.";

    private FollowSentences() {}

    static String unreadable(String server, IOException e) {
        return switch (e) {
            case ShareRefusedException refused -> refused(server, refused.why());
            case NoSuchFileException any ->
                "The tracking-log directory of " + server
                        + " does not exist; check its path, or mount the share again.";
            case NotDirectoryException any -> "The tracking-log directory of " + server + " is a file; check its path.";
            case AccessDeniedException any ->
                "The tracking-log directory of " + server
                        + " may not be read by this service; give its account the right to read there.";
            default -> "The tracking-log directory of " + server + " could not be read; it is tried again by itself.";
        };
    }

    private static String refused(String server, ShareRefusedException.Why why) {
        String settings = "mailtrace.onprem.servers." + server + ".smb.";
        return switch (why) {
            case LOGON ->
                "The share of " + server + " refused the user or the password; check " + settings + "user and "
                        + settings + "password-file. A password that was refused is tried again after ten minutes.";
            case PASSWORD_FILE ->
                "The file with the password for the share of " + server + " cannot be read; check " + settings
                        + "password-file.";
        };
    }

    static String empty(String server) {
        return "There is no tracking log in the directory of " + server
                + "; check the path and that message tracking is switched on there.";
    }

    static String indexFailed(String server, String why) {
        return "What " + server + " wrote cannot be stored in the index. " + why + " It is tried again by itself.";
    }

    static String failedUnexpectedly(String server) {
        return "Reading the tracking logs of " + server
                + " failed; the service's log says why. It is tried again by itself.";
    }

    static String noHeader(String file, String server) {
        return file + " has no #Fields header; set mailtrace.onprem.servers." + server
                + ".fields-when-missing if its columns are known";
    }

    static String notUtf8(String file) {
        return file + " is written in UTF-16, which tracking logs never are";
    }

    static String headerTorn(String file) {
        return file + " ends within its header";
    }

    static String unreadableFile(String file, IOException e) {
        return e instanceof AccessDeniedException
                ? file + " may not be read by this service"
                : file + " could not be read, perhaps because another program holds it; it is tried again by itself";
    }

    /** Not read yet since the start of the service. */
    public static String notReadYet(String server) {
        return "The tracking logs of " + server + " have not been read yet since this service started.";
    }

    /** First indexing, or a long way behind. */
    public static String catchingUp(String server, Instant readThrough) {
        return "The tracking logs of " + server + " are still being read; complete up to " + shown(readThrough) + ".";
    }

    /** Files without a single record and without a date. */
    public static String nothingReadable(String server) {
        return "The tracking logs of " + server + " hold neither a record nor a date yet.";
    }

    /** A directory that does not answer. */
    public static String hanging(String server, Instant since) {
        return "The tracking-log directory of " + server + " has not answered since " + shown(since) + ".";
    }

    /** A server whose files stopped growing. */
    public static String silent(String server, Instant since) {
        return "The tracking logs of " + server + " stopped growing at " + shown(since)
                + "; what happened there after that is not known.";
    }

    /** A window that begins before the evidence does. */
    public static String beforeEvidence(String server, Instant since) {
        return "The tracking logs of " + server + " go back to " + shown(since) + " only.";
    }

    /** A file that is missing in a series. */
    public static String gap(String server, int files, String first) {
        return files == 1
                ? "A tracking log of " + server + " is missing (" + first + "); what it held is not known."
                : files + " tracking logs of " + server + " are missing, the first is " + first
                        + "; what they held is not known.";
    }

    /** A server whose clock is ahead. */
    public static String ahead(String server, Duration ahead) {
        return server + " dates what it writes up to " + shown(ahead)
                + " in the future; set its clock, and ask for a window that ends that much later.";
    }

    /** Files that were left out. */
    public static String leftOut(int files, String first) {
        return files == 1
                ? "One file was left out: " + first + "."
                : files + " files were left out, the first because " + first + ".";
    }

    /** Records that were set aside. */
    public static String setAside(String server, long count) {
        return count == 1
                ? "One record of " + server + " could not be read and was set aside."
                : count + " records of " + server + " could not be read and were set aside.";
    }

    private static String shown(Duration duration) {
        return duration.toMinutes() < 120 ? duration.toMinutes() + " minutes" : duration.toHours() + " hours";
    }

    private static String shown(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
