package org.mailtrace.gateway.search;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * Seals what a caller carries for us, with AES-256-GCM: it tells its holder nothing, and what was changed is not opened.
 * It opens after a restart and on every replica that has the same key.
 */
@ApplicationScoped
public class Seal {
    private static final Logger LOG = Logger.getLogger(Seal.class);
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Not static: a native executable would carry the seed of the machine that built it. */
    private final SecureRandom random = new SecureRandom();

    private final SecretKeySpec key;

    /** Ciphers that nobody seals with now: to find one through the providers costs as much as to seal. */
    private final Queue<Cipher> idle = new ConcurrentLinkedQueue<>();

    public Seal(GatewaySettings settings) {
        this.key = new SecretKeySpec(settings.idKey().map(Seal::decoded).orElseGet(this::passing), "AES");
    }

    /**
     * Seals.
     *
     * @param purpose what it is for; sealed for one purpose, it is not opened for another
     */
    byte[] close(byte[] plain, String purpose) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher known = idle.poll();
            Cipher cipher = known != null ? known : Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = cipher.doFinal(plain);
            idle.add(cipher);
            byte[] all = new byte[NONCE_BYTES + sealed.length];
            System.arraycopy(nonce, 0, all, 0, NONCE_BYTES);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    /** Opens what was sealed for that purpose; empty if it was not, or was changed. */
    Optional<byte[]> open(byte[] all, String purpose) {
        if (all.length <= NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, all, 0, NONCE_BYTES));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == KEY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below: the sentence is the same for text that is no Base64.
        }
        throw new ConfigurationException(
                "The setting mailtrace.id-key must be 32 bytes in Base64, as \"openssl rand -base64 32\" makes them.");
    }

    private byte[] passing() {
        LOG.warn("no mailtrace.id-key is set: trace ids and cursors will not be known after a restart or to other"
                + " replicas");
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
