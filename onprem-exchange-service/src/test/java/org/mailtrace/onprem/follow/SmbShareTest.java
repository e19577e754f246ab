package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.id;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.onprem.LogFixture;

/**
 * Against a real file server, where one is: {@code -Dmailtrace.smb.port=... -Dmailtrace.smb.share=... -Dmailtrace.smb.user=...
 * -Dmailtrace.smb.password=...} on this machine, and {@code -Dmailtrace.smb.folder=...} for the folder that it shares.
 */
class SmbShareTest {
    private static final String FILE = "MSGTRK2026112010-1.LOG";

    @TempDir
    private Path folder;

    private int port = Integer.getInteger("mailtrace.smb.port", 445);
    private Path shared;
    private Path password;

    @BeforeEach
    void thereIsAFileServer() throws IOException {
        assumeTrue(
                System.getProperty("mailtrace.smb.folder") != null, "No file server is named by mailtrace.smb.folder.");
        shared = Path.of(System.getProperty("mailtrace.smb.folder"));
        password = folder.resolve("password");
        Files.writeString(password, System.getProperty("mailtrace.smb.password") + "\n");
        Files.deleteIfExists(shared.resolve(FILE));
    }

    @Test
    void followsAFileThatGrowsAndIsDeletedWhileItIsRead() throws IOException {
        try (FollowedServer server = new FollowedServer(folder)) {
            // given
            server.reachedThrough(any -> new SmbDirectory(new SmbConnector(settings(), server.clock), ""));
            Files.writeString(shared.resolve(FILE), LogFixture.header(T0) + row(1));

            // when
            server.look();
            Files.writeString(shared.resolve(FILE), LogFixture.header(T0) + row(1) + row(2));
            server.look();

            // then
            assertThat(server.state().failure()).isEmpty();
            assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
            Files.delete(shared.resolve(FILE));
            server.look();
            assertThat(server.state().failure())
                    .hasValueSatisfying(text -> assertThat(text).contains("no tracking log"));
        }
    }

    @Test
    void isRefusedWithAWrongPasswordAndDoesNotTryItAgainAtOnce() throws IOException {
        // given
        Files.writeString(password, "wrong");
        TestClock clock = new TestClock(T0);
        SmbConnector connector = new SmbConnector(settings(), clock);

        // when, then
        assertThatThrownBy(connector::connect).isInstanceOf(ShareRefusedException.class);
        int listening = port;
        port = 1;
        assertThatThrownBy(connector::connect).isInstanceOf(ShareRefusedException.class);
        port = listening;
        Files.writeString(password, System.getProperty("mailtrace.smb.password"));
        try (RemoteShare share = connector.connect()) {
            assertThat(share.list("")).isEmpty();
        }
    }

    private SmbSettings settings() {
        return new SmbSettings() {
            @Override
            public String host() {
                return "127.0.0.1";
            }

            @Override
            public int port() {
                return port;
            }

            @Override
            public String share() {
                return System.getProperty("mailtrace.smb.share");
            }

            @Override
            public Optional<String> path() {
                return Optional.empty();
            }

            @Override
            public String user() {
                return System.getProperty("mailtrace.smb.user");
            }

            @Override
            public Optional<String> domain() {
                return Optional.empty();
            }

            @Override
            public Path passwordFile() {
                return password;
            }

            @Override
            public boolean signing() {
                return true;
            }

            @Override
            public boolean encryption() {
                return true;
            }
        };
    }
}
