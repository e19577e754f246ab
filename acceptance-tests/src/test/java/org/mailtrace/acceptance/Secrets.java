package org.mailtrace.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** What an administrator would put into the secrets that manifests only name, made for one run. */
final class Secrets {
    /** Stands in every secret that is a plain text, so that none is found where it does not belong. */
    static final String CANARY = "canary-of-the-manifests";

    private static final String PASSWORD = "made-for-one-run";

    private final Manifests manifests;
    private final Map<String, String> made = new HashMap<>();

    /** @param database that all services keep what they know in, in schemas of their own */
    Secrets(Manifests manifests, String database, Path folder) {
        this.manifests = manifests;
        made.put("url", database);
        made.put("password", CANARY);
        made.put("client-secret", CANARY);
        made.put(
                "id-key",
                Base64.getEncoder().encodeToString((CANARY + "-32-bytes").getBytes(StandardCharsets.US_ASCII)));
        made.put(
                "callback-secret",
                "whsec_"
                        + Base64.getEncoder()
                                .encodeToString((CANARY + "-again-x").getBytes(StandardCharsets.US_ASCII)));
        makePair(folder);
    }

    /** The value of a key; empty if it may be missing, and only a site that needs it has it. */
    Optional<String> value(String secret, String key) {
        Optional<String> rendered = manifests
                .content("Secret", secret)
                .map(each -> each.at("/data/" + key).asText())
                .filter(text -> !text.isEmpty())
                .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        if (rendered.isPresent()) {
            return rendered;
        }
        // The account of the database may be any that there is; that of Proofpoint is one.
        return key.equals("username")
                ? Optional.of(secret.endsWith("-database") ? PostgresqlServer.USER : CANARY)
                : Optional.ofNullable(made.get(key));
    }

    /** All files of a secret that is mounted whole. */
    Map<String, String> files(String secret) {
        Map<String, String> files = new HashMap<>();
        Optional<JsonNode> rendered = manifests.content("Secret", secret);
        if (rendered.isPresent()) {
            rendered.get()
                    .path("data")
                    .properties()
                    .forEach(entry -> files.put(
                            entry.getKey(),
                            new String(
                                    Base64.getDecoder().decode(entry.getValue().asText()), StandardCharsets.UTF_8)));
        } else if (secret.equals("exo")) {
            List.of("tls.key", "tls.crt").forEach(key -> files.put(key, made.get(key)));
        }
        return files;
    }

    private void makePair(Path folder) {
        Path file = folder.resolve("pair.p12");
        Launcher.Result keytool = Launcher.execute(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "pair",
                        "-dname",
                        "CN=mailtrace",
                        "-keyalg",
                        "RSA",
                        "-validity",
                        "365"),
                Map.of());
        try {
            KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            made.put(
                    "tls.key",
                    pem(
                            "PRIVATE KEY",
                            store.getKey("pair", PASSWORD.toCharArray()).getEncoded()));
            made.put("tls.crt", pem("CERTIFICATE", store.getCertificate("pair").getEncoded()));
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(keytool.output(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(keytool.output(), e);
        }
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                + "\n-----END " + kind + "-----\n";
    }
}
