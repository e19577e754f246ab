package org.mailtrace.onprem.follow;

import com.hierynomus.mserref.NtStatus;
import com.hierynomus.mssmb2.SMB2Dialect;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.security.bc.BCSecurityProvider;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.auth.NtlmAuthenticator;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.mailtrace.onprem.follow.ShareRefusedException.Why;

/**
 * Connects to a share (SMB 2 and 3, smbj). A password that was refused is not tried again for some minutes unless its
 * file changed: directories lock accounts after a few wrong ones.
 */
final class SmbConnector implements RemoteShare.Connector {
    private static final long TIMEOUT_SECONDS = 15;
    private static final Duration REFUSED_FOR = Duration.ofMinutes(10);
    private static final Set<NtStatus> REFUSALS = EnumSet.of(
            NtStatus.STATUS_LOGON_FAILURE,
            NtStatus.STATUS_PASSWORD_EXPIRED,
            NtStatus.STATUS_ACCOUNT_DISABLED,
            NtStatus.STATUS_LOGON_TYPE_NOT_GRANTED);

    private final SmbSettings settings;
    private final Clock clock;
    private Optional<String> refused = Optional.empty();
    private Instant refusedAt = Instant.EPOCH;

    SmbConnector(SmbSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public RemoteShare connect() throws IOException {
        String password = password();
        if (refused.filter(password::equals).isPresent() && clock.instant().isBefore(refusedAt.plus(REFUSED_FOR))) {
            throw new ShareRefusedException(Why.LOGON);
        }
        SMBClient client = new SMBClient(config());
        try {
            Session session = client.connect(settings.host(), settings.port())
                    .authenticate(new AuthenticationContext(
                            settings.user(),
                            password.toCharArray(),
                            settings.domain().orElse("")));
            if (session.isGuest() || session.isAnonymous()) {
                throw new ShareRefusedException(Why.LOGON);
            }
            DiskShare share = (DiskShare) session.connectShare(settings.share());
            refused = Optional.empty();
            return new SmbShare(client, share);
        } catch (SMBApiException e) {
            client.close();
            throw failure(e, password);
        } catch (SMBRuntimeException | ClassCastException | IOException e) {
            client.close();
            throw e instanceof ShareRefusedException refusal
                    ? refusal
                    : new IOException("no connection to the share", e);
        }
    }

    private String password() throws ShareRefusedException {
        try {
            return Files.readString(settings.passwordFile()).strip();
        } catch (IOException e) {
            throw new ShareRefusedException(Why.PASSWORD_FILE);
        }
    }

    private SmbConfig config() {
        return SmbConfig.builder()
                .withDialects(SMB2Dialect.SMB_3_1_1, SMB2Dialect.SMB_3_0_2, SMB2Dialect.SMB_3_0, SMB2Dialect.SMB_2_1)
                .withSecurityProvider(new BCSecurityProvider())
                .withAuthenticators(new NtlmAuthenticator.Factory())
                .withSigningRequired(settings.signing())
                .withEncryptData(settings.encryption())
                .withTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .withSoTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    private IOException failure(SMBApiException e, String password) {
        NtStatus status = e.getStatus();
        if (REFUSALS.contains(status)) {
            refused = Optional.of(password);
            refusedAt = clock.instant();
            return new ShareRefusedException(Why.LOGON);
        }
        return switch (status) {
            case STATUS_ACCESS_DENIED -> new AccessDeniedException(settings.share());
            case STATUS_BAD_NETWORK_NAME, STATUS_OBJECT_NAME_NOT_FOUND -> new NoSuchFileException(settings.share());
            default -> new IOException("the file server answered " + status, e);
        };
    }
}
