package org.mailtrace.standins.story;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads mail addresses, which are compared in lower case everywhere. */
final class Addresses {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;]+@[^\\s@<>,;]+");

    private final Faults faults;

    Addresses(Faults faults) {
        this.faults = faults;
    }

    Optional<String> one(Fields fields, String key) {
        return fields.text(key).map(text -> checked(fields, key, text));
    }

    List<String> all(Fields fields, String key) {
        return fields.texts(key).stream()
                .map(text -> checked(fields, key, text))
                .distinct()
                .toList();
    }

    private String checked(Fields fields, String key, String text) {
        if (!ADDRESS.matcher(text).matches()) {
            faults.add(fields.nodeOf(key), "'" + text + "' in '" + key + "' is not a mail address");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
