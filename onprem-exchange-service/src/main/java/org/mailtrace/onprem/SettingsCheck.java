package org.mailtrace.onprem;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.mailtrace.onprem.record.Fields;

/**
 * Checks what types cannot. A directory that is not there is no wrong setting: shares come and go, and the server's part
 * says so until it is back.
 */
final class SettingsCheck {
    private SettingsCheck() {}

    static void check(OnPremSettings settings) {
        if (settings.servers().isEmpty()) {
            throw refusal(
                    "No Exchange server is configured; set mailtrace.onprem.servers.<NAME>.directory for each of them.");
        }
        for (Map.Entry<String, OnPremSettings.Server> server :
                settings.servers().entrySet()) {
            server.getValue()
                    .fieldsWhenMissing()
                    .filter(text -> Fields.ofSetting(text).isEmpty())
                    .ifPresent(text -> {
                        throw refusal(
                                "mailtrace.onprem.servers." + server.getKey() + ".fields-when-missing is \"" + text
                                        + "\"; use 2007, 2010, 2013, 2016 or the column names with date-time and event-id.");
                    });
        }
        positive("poll", settings.poll().isPositive());
        positive("deadline", settings.deadline().isPositive());
        positive("quiet-after", settings.quietAfter().isPositive());
        if (settings.retention().isNegative()) {
            throw refusal("mailtrace.onprem.retention is negative; use a time such as 400d, or 0s to keep everything.");
        }
        positive("stall-after", settings.stallAfter().isPositive());
    }

    /** Without a cause: the sentence is then all that is printed. */
    static ConfigurationException refusal(String sentence) {
        return new ConfigurationException(sentence);
    }

    private static void positive(String name, boolean isPositive) {
        if (!isPositive) {
            throw refusal("mailtrace.onprem." + name + " must be longer than nothing, such as 2s.");
        }
    }
}
