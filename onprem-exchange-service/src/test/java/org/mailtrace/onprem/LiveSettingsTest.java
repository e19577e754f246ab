package org.mailtrace.onprem;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.onprem.live.LiveFixture;

class LiveSettingsTest {
    private static final String SERVER = "mailtrace.onprem.servers.EXCH01.";

    @TempDir
    Path directory;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void valid() {
        settings.put("mailtrace.onprem.ask", "live");
        settings.put(SERVER + "live.url", "https://exch01.rivercounty.example/PowerShell/");
        settings.put(SERVER + "live.authentication", "basic");
        settings.put(SERVER + "live.user", "svc-trace@rivercounty.example");
        settings.put(SERVER + "live.password", "synthetic");
    }

    @Test
    void needsNoDirectoryWhereOnlyTheServersAreAsked() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void needsADirectoryForFiles() {
        settings.put("mailtrace.onprem.ask", "files");
        assertRefused("EXCH01.directory");
    }

    @Test
    void needsAnAddressForLive() {
        settings.keySet().removeIf(name -> name.startsWith(SERVER));
        settings.put(SERVER + "directory", directory.toString());
        assertRefused("EXCH01.live.url");
        settings.put("mailtrace.onprem.ask", "files-with-live");
        assertRefused("at least one server");
    }

    @Test
    void sendsNoPasswordInClearText() {
        settings.put(SERVER + "live.url", "http://exch01.rivercounty.example/PowerShell/");
        assertRefused("clear text");
        settings.put(SERVER + "live.url", "http://localhost:8090/PowerShell/");
        assertThatCode(this::check).doesNotThrowAnyException();
        settings.put(SERVER + "live.url", "ftp://exch01.rivercounty.example/");
        assertRefused("https or http");
    }

    @Test
    void wantsExactlyWhatTheAuthenticationNeeds() throws IOException {
        settings.put(SERVER + "live.password-file", directory.resolve("missing").toString());
        assertRefused("one of");
        settings.remove(SERVER + "live.password");
        assertRefused("not there");
        settings.put(SERVER + "live.authentication", "kerberos");
        assertRefused("key table");
        settings.remove(SERVER + "live.password-file");
        assertRefused("keytab");
        settings.put(
                SERVER + "live.keytab",
                Files.createFile(directory.resolve("keys")).toString());
        assertThatCode(this::check).doesNotThrowAnyException();
        settings.put(SERVER + "live.user", "svc-trace");
        assertRefused("user principal name");
    }

    @Test
    void refusesAZoneThatIsNone() {
        settings.put(SERVER + "live.time-zone", "Middle/Earth");
        assertRefused("time-zone");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("synthetic");
    }

    private void check() {
        SettingsCheck.check(LiveFixture.settings(settings));
    }
}
