package org.mailtrace.onprem;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Files;
import java.util.Map;
import org.mailtrace.onprem.follow.SmbSettings;
import org.mailtrace.onprem.live.AccessCheck;
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
        settings.servers().forEach((name, server) -> check(settings.ask(), name, server));
        if (settings.ask() == Ask.FILES_WITH_LIVE
                && settings.servers().values().stream()
                        .allMatch(server -> server.live().isEmpty())) {
            throw refusal("mailtrace.onprem.ask=files-with-live needs mailtrace.onprem.servers.<NAME>.live.url for at "
                    + "least one server.");
        }
        positive("live.deadline", settings.live().deadline().isPositive());
        positive("live.operation-timeout", settings.live().operationTimeout().isPositive());
        positive("live.witness", settings.live().witness().isPositive());
        positive("poll", settings.poll().isPositive());
        positive("deadline", settings.deadline().isPositive());
        positive("quiet-after", settings.quietAfter().isPositive());
        if (settings.retention().isNegative()) {
            throw refusal("mailtrace.onprem.retention is negative; use a time such as 400d, or 0s to keep everything.");
        }
        positive("stall-after", settings.stallAfter().isPositive());
    }

    private static void check(Ask ask, String name, OnPremSettings.Server server) {
        String prefix = "mailtrace.onprem.servers." + name + ".";
        if (ask != Ask.LIVE && server.directory().isEmpty() && server.smb().isEmpty()) {
            throw refusal("Set " + prefix + "directory or " + prefix
                    + "smb.host, or mailtrace.onprem.ask=live if the servers are asked only.");
        }
        if (server.directory().isPresent() && server.smb().isPresent()) {
            throw refusal(prefix + "directory and " + prefix + "smb.host are both set; its logs are in one place.");
        }
        if (ask == Ask.LIVE && server.live().isEmpty()) {
            throw refusal("mailtrace.onprem.ask=live needs " + prefix + "live.url.");
        }
        server.smb()
                .map(SmbSettings::passwordFile)
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> {
                    throw refusal(prefix + "smb.password-file is " + file + ", which cannot be read.");
                });
        server.live().flatMap(access -> AccessCheck.faultIn(name, access)).ifPresent(sentence -> {
            throw refusal(sentence);
        });
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
