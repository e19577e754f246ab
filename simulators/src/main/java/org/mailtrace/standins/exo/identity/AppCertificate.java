package org.mailtrace.standins.exo.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Base64;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.state.StateDirectory;

/** The certificate that is registered for the application: the operator's, or one that is made anew at each start. */
@ApplicationScoped
public class AppCertificate {
    private static final int KEY_BITS = 2048;

    private final StandInsConfig config;
    private final StateDirectory state;
    private final Clock clock;
    private volatile Certificate registered;

    AppCertificate(StandInsConfig config, StateDirectory state, Clock clock) {
        this.config = config;
        this.state = state;
        this.clock = clock;
    }

    /** Reads the operator's certificate; without one, makes one and leaves it with its key in the state directory. */
    public void prepare() {
        try {
            registered = config.exchangeOnline().certificate().isPresent()
                    ? read(config.exchangeOnline().certificate().orElseThrow())
                    : made();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("mailtrace.standins.exchange-online.certificate is not a certificate.", e);
        }
    }

    PublicKey publicKey() {
        return registered.getPublicKey();
    }

    /** Base64url, as assertions have it. */
    String thumbprint(String algorithm) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(registered.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Certificate made() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        KeyPair pair = generator.generateKeyPair();
        byte[] encoded = SelfSigned.certificate("Mailtrace demonstration", pair, clock.instant());
        PrivateKey key = pair.getPrivate();
        state.writeSecret("exo-certificate.pem", pem("CERTIFICATE", encoded));
        state.writeSecret("exo-key.pem", pem("PRIVATE KEY", key.getEncoded()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static Certificate read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + what
                + "-----\n";
    }
}
