package org.mailtrace.proofpoint.fate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why the filter acted, read from the names of rules, folders and modules. Those names belong to the site; these words
 * are what the vendor's defaults and common sites use ({@code inbound_phish}, {@code inbound_bulk}, folder
 * {@code Phish}), and configuration adds its own. The order is the order of danger: where names say several things, the
 * most dangerous counts.
 */
enum Reason {
    MALWARE("malware", "malware|virus|sandbox|attachmentdefense|zerohour|ransom"),
    PHISHING("phishing", "phish|credential"),
    IMPOSTOR("impostor", "impostor|imposter|bec|spoof|antispoof"),
    DLP("dlp", "dlp|regulation|compliance|data loss|smartid"),
    ENCRYPTION("encryption", "encrypt|securereader"),
    AUTHENTICATION("authentication", "dmarc|spf|dkim"),
    BLOCKED_SENDER("blocked-sender", "blocklist|blacklist|blocked|denylist|pdr|reputation"),
    UNKNOWN_RECIPIENT("unknown-recipient", "recipient|nouser|user_unknown"),
    GREYLISTING("greylisting", "greylist|graylist"),
    ADULT("adult", "adult"),
    BULK("bulk", "bulk|lowpriority|graymail"),
    SPAM("spam", "spam|suspect");

    private final String word;
    /** Separated by bars: an enum constant holds nothing mutable. */
    private final String signs;

    Reason(String word, String signs) {
        this.word = word;
        this.signs = signs;
    }

    private Stream<String> signs() {
        return Arrays.stream(signs.split("\\|", -1));
    }

    /** The word in an answer. */
    String word() {
        return word;
    }

    /**
     * The reason that these names speak of.
     *
     * @param site the site's own signs: part of a name to a word
     */
    static Optional<String> in(List<String> names, Map<String, String> site) {
        List<String> texts =
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        Optional<String> own = site.entrySet().stream()
                .filter(sign -> texts.stream()
                        .anyMatch(text -> text.contains(sign.getKey().toLowerCase(Locale.ROOT))))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst();
        return own.or(() -> Arrays.stream(values())
                .filter(reason -> texts.stream().anyMatch(text -> reason.signs().anyMatch(sign -> hasSign(text, sign))))
                .map(Reason::word)
                .findFirst());
    }

    /** A short sign must be a word of its own: "bec" is in "because". */
    private static boolean hasSign(String text, String sign) {
        return sign.length() > 3
                ? text.contains(sign)
                : Arrays.asList(text.split("[^a-z0-9]+")).contains(sign);
    }
}
