package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.id;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import com.hierynomus.mserref.NtStatus;
import com.hierynomus.mssmb2.SMB2MessageCommandCode;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.smbj.common.SMBRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.onprem.LogFixture;

/** What a share answers, as smbj tells it; the files behind it are real. */
class SmbDirectoryTest {
    private static final String FILE = "MSGTRK2026112010-1.LOG";

    @TempDir
    private Path folder;

    private final List<RuntimeException> faults = new ArrayList<>();
    private FollowedServer server;
    private int connections;

    @BeforeEach
    void open() throws IOException {
        server = new FollowedServer(folder);
        server.reachedThrough(any -> new SmbDirectory(this::connected, "Message Tracking\\Logs"));
        server.write(FILE, LogFixture.header(T0), row(1));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void followsFilesOnAShareOverOneConnection() throws IOException {
        // given
        server.look();

        // when
        server.append(FILE, row(2));
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
        assertThat(connections).isOne();
    }

    @Test
    void connectsAnewAfterTheConnectionBroke() {
        // given
        server.look();
        faults.add(new SMBRuntimeException("synthetic"));

        // when
        server.look();

        // then
        assertThat(server.state().failure())
                .hasValueSatisfying(text -> assertThat(text).contains("tried again by itself"));
        server.look();
        assertThat(server.state().failure()).isEmpty();
        assertThat(connections).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "STATUS_ACCESS_DENIED,may not be read",
        "STATUS_OBJECT_PATH_NOT_FOUND,does not exist",
        "STATUS_NOT_A_DIRECTORY,is a file",
        "STATUS_NETWORK_NAME_DELETED,tried again by itself"
    })
    void saysInWordsWhatTheShareAnswered(NtStatus status, String words) {
        // given
        faults.add(answered(status));

        // when
        server.look();

        // then
        assertThat(server.state().failure())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("EXCH01", words).doesNotContain("Message Tracking"));
        server.look();
        assertThat(server.state().failure()).isEmpty();
        assertThat(server.found()).containsExactly(id(1));
    }

    @Test
    void leavesAFileOutThatAnotherProgramHoldsAndReadsItLater() {
        // given
        faults.add(null);
        faults.add(answered(NtStatus.STATUS_SHARING_VIOLATION));

        // when
        server.look();

        // then
        assertThat(server.state().leftOut()).singleElement().asString().contains("another program");
        server.look();
        assertThat(server.state().leftOut()).isEmpty();
        assertThat(server.found()).containsExactly(id(1));
    }

    @Test
    void saysThatTheUserOrThePasswordWasRefused() {
        // given
        server.reachedThrough(any -> new SmbDirectory(
                () -> {
                    throw new ShareRefusedException(ShareRefusedException.Why.LOGON);
                },
                ""));

        // when
        server.look();

        // then
        assertThat(server.state().failure())
                .hasValueSatisfying(text -> assertThat(text).contains("refused", "smb.user", "password-file"));
    }

    private RemoteShare connected() {
        connections++;
        return new FakeShare();
    }

    private static SMBApiException answered(NtStatus status) {
        return new SMBApiException(status.getValue(), SMB2MessageCommandCode.SMB2_CREATE, "synthetic", null);
    }

    /** Answers from the local folder, with the faults that are due. */
    private final class FakeShare implements RemoteShare {
        @Override
        public List<RemoteFile> list(String asked) {
            fail();
            assertThat(asked).isEqualTo("Message Tracking\\Logs");
            try (Stream<Path> files = Files.list(server.logs())) {
                return files.map(FakeShare::listed).toList();
            } catch (IOException e) {
                throw new SMBRuntimeException(e);
            }
        }

        @Override
        public int read(String file, long offset, byte[] buffer, int at, int length) {
            fail();
            String name = file.substring(file.lastIndexOf('\\') + 1);
            try {
                // A server answers with less than was asked for.
                return new LocalDirectory(server.logs()).read(name, offset, buffer, at, Math.min(length, 100));
            } catch (IOException e) {
                throw new SMBRuntimeException(e);
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }

        private void fail() {
            Optional<RuntimeException> due =
                    faults.isEmpty() ? Optional.empty() : Optional.ofNullable(faults.removeFirst());
            if (due.isPresent()) {
                throw due.get();
            }
        }

        private static RemoteFile listed(Path path) {
            try {
                return new RemoteFile(
                        String.valueOf(path.getFileName()),
                        Files.size(path),
                        Files.getLastModifiedTime(path).toMillis());
            } catch (IOException e) {
                throw new SMBRuntimeException(e);
            }
        }
    }
}
