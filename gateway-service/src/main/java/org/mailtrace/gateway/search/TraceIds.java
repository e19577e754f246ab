package org.mailtrace.gateway.search;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import org.mailtrace.contract.Observation;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * Trace ids without a store: what is needed to find a message again, encrypted with AES-256-GCM, so that an id tells its
 * holder nothing and a changed id is no id. They work after a restart and on every replica that has the same key.
 */
@ApplicationScoped
class TraceIds {
    private static final Logger LOG = Logger.getLogger(TraceIds.class);
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int VERSION = 1;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    TraceIds(GatewaySettings settings) {
        this.key = new SecretKeySpec(settings.idKey().map(TraceIds::decoded).orElseGet(this::passing), "AES");
    }

    /** What an id carries. */
    record Content(Instant firstSeen, Optional<String> messageId, List<Place> places) {}

    /** Where one source has it. */
    record Place(String source, String sourceId) {}

    String idOf(Message message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(message.firstSeen().toEpochMilli());
            out.writeUTF(message.first(Observation::messageId).orElse(""));
            out.writeByte(message.sightings().size());
            for (var sighting : message.sightings()) {
                out.writeUTF(sighting.source());
                out.writeUTF(sighting.observation().sourceId());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(encrypt(bytes.toByteArray()));
    }

    /** Reads an id; empty if it is not one of ours. */
    Optional<Content> read(String id) {
        try {
            byte[] plain = decrypt(Base64.getUrlDecoder().decode(id));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
            if (in.readByte() != VERSION) {
                return Optional.empty();
            }
            Instant firstSeen = Instant.ofEpochMilli(in.readLong());
            Optional<String> messageId = Optional.of(in.readUTF()).filter(text -> !text.isEmpty());
            int count = in.readByte();
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                places.add(new Place(in.readUTF(), in.readUTF()));
            }
            return Optional.of(new Content(firstSeen, messageId, places));
        } catch (IllegalArgumentException | GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private byte[] encrypt(byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(plain);
            byte[] all = new byte[NONCE_BYTES + sealed.length];
            System.arraycopy(nonce, 0, all, 0, NONCE_BYTES);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    private byte[] decrypt(byte[] all) throws GeneralSecurityException {
        if (all.length <= NONCE_BYTES) {
            throw new IllegalArgumentException("too short");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, all, 0, NONCE_BYTES));
        return cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
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
        LOG.warn("no mailtrace.id-key is set: trace ids will not be known after a restart or to other replicas");
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
