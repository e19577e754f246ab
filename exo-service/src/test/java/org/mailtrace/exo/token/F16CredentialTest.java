package org.mailtrace.exo.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.TickingClock;

@DisplayName("F16: secrets and certificates that roll over")
class F16CredentialTest {
    private static final URI TOKEN_URL = URI.create("https://login.example/tenant/oauth2/v2.0/token");
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static X509Certificate first;
    private static X509Certificate second;

    @TempDir
    private Path used;

    private final TickingClock clock = new TickingClock("2026-11-23T08:00:00Z");

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException, InterruptedException {
        first = make("first");
        second = make("second");
    }

    @Test
    void signsANewAssertionForEveryRequest() throws IOException, GeneralSecurityException {
        // given
        use("first", "first");
        ClientCredential credential = certificate();

        // when
        Map<String, String> form = credential.parameters();
        String other = credential.parameters().get("client_assertion");

        // then
        String assertion = form.get("client_assertion");
        assertThat(form)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        JsonNode head = part(assertion, 0);
        JsonNode claims = part(assertion, 1);
        assertThat(head.path("alg").asText()).isEqualTo("PS256");
        assertThat(head.path("x5t#S256").asText()).isEqualTo(thumbprint(first));
        assertThat(claims.path("aud").asText()).isEqualTo(TOKEN_URL.toString());
        assertThat(claims.path("iss").asText()).isEqualTo("4711");
        assertThat(claims.path("sub").asText()).isEqualTo("4711");
        assertThat(claims.path("nbf").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(claims.path("exp").asLong()).isEqualTo(clock.instant().getEpochSecond() + 300);
        assertThat(claims.path("jti").asText())
                .isNotBlank()
                .isNotEqualTo(part(other, 1).path("jti").asText());
        assertThat(isSignedBy(assertion, first)).isTrue();
        assertThat(isSignedBy(assertion, second)).isFalse();
    }

    @Test
    void signsWithTheNewCertificateAsSoonAsBothFilesAreReplaced() throws IOException, GeneralSecurityException {
        // given
        use("first", "first");
        ClientCredential credential = certificate();

        // when
        use("second", "first");
        String between = credential.parameters().get("client_assertion");
        use("second", "second");
        String after = credential.parameters().get("client_assertion");

        // then
        assertThat(isSignedBy(between, first)).isTrue();
        assertThat(isSignedBy(after, second)).isTrue();
        assertThat(part(after, 0).path("x5t#S256").asText()).isEqualTo(thumbprint(second));
    }

    @Test
    void measuresHowLongTheCertificateIsGoodAndNothingOfASecret() throws IOException {
        // given
        SimpleMeterRegistry ofASecret = new SimpleMeterRegistry();
        SimpleMeterRegistry ofACertificate = new SimpleMeterRegistry();
        use("first", "first");
        AccessTokens.measure(of(Map.of("client-secret", "synthetic")), ofASecret, clock);
        AccessTokens.measure(certificate(), ofACertificate, clock);
        Gauge remaining = ofACertificate.get("mailtrace.certificate.remaining").gauge();

        // when
        double before = remaining.value();
        clock.advance(Duration.ofDays(1000));

        // then
        assertThat(before).isEqualTo((double) Duration.between(
                        Instant.parse("2026-11-23T08:00:00Z"),
                        first.getNotAfter().toInstant())
                .toSeconds());
        assertThat(remaining.value())
                .isEqualTo(before - Duration.ofDays(1000).toSeconds())
                .isNegative();
        assertThat(ofASecret.getMeters()).isEmpty();
    }

    @Test
    void takesANewSecretFromItsFile() throws IOException {
        // given
        Path file = Files.writeString(used.resolve("secret"), "old\n");
        ClientCredential credential = of(Map.of("client-secret-file", file.toString()));
        assertThat(credential.parameters()).isEqualTo(Map.of("client_secret", "old"));

        // when
        Files.writeString(file, "");
        Map<String, String> between = credential.parameters();
        Files.writeString(file, "new\n");

        // then
        assertThat(between).isEqualTo(Map.of("client_secret", "old"));
        assertThat(credential.parameters()).isEqualTo(Map.of("client_secret", "new"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; Set mailtrace.exo.client-secret, mailtrace.exo.client-secret-file or"
                        + " mailtrace.exo.client-certificate.key-file.",
                "client-secret,client-certificate.key-file; Set only one of mailtrace.exo.client-secret and"
                        + " mailtrace.exo.client-certificate.key-file.",
                "client-secret,client-secret-file; Set only one of mailtrace.exo.client-secret and"
                        + " mailtrace.exo.client-secret-file.",
                "client-certificate.key-file; Set mailtrace.exo.client-certificate.certificate-file.",
                "client-certificate.certificate-file; Set mailtrace.exo.client-certificate.key-file.",
                "client-secret-file; Set mailtrace.exo.client-secret-file to a readable file that holds the secret."
            })
    void startsWithOneCredentialAndNamesWhatIsWrong(String keys, String sentence) {
        // given
        Map<String, String> values = new HashMap<>();
        if (keys != null) {
            for (String key : keys.split(",", -1)) {
                values.put(key, used.resolve("nothing").toString());
            }
        }

        // then
        assertThatThrownBy(() -> of(values))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(sentence);
    }

    @Test
    void namesFilesThatDoNotFitTogetherOrHoldNoKey() throws IOException, GeneralSecurityException {
        // given
        use("first", "second");
        assertThatThrownBy(this::certificate).hasMessageContaining("belongs to the key");
        use("first", "first");
        Files.writeString(used.resolve("key.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n");

        // then
        assertThatThrownBy(this::certificate).hasMessageContaining("PKCS#8");
    }

    @Test
    void keepsTheKeyOutOfEveryText() throws IOException, GeneralSecurityException {
        // given
        use("first", "first");
        SigningPair pair = SigningPair.read(used.resolve("key.pem"), used.resolve("certificate.pem"));

        // then
        assertThat(pair).hasToString("SigningPair[***]");
    }

    private ClientCredential certificate() {
        return of(Map.of(
                "client-certificate.key-file", used.resolve("key.pem").toString(),
                "client-certificate.certificate-file",
                        used.resolve("certificate.pem").toString()));
    }

    private ClientCredential of(Map<String, String> values) {
        Map<String, String> all = new HashMap<>();
        values.forEach((key, value) -> all.put("mailtrace.exo." + key, value));
        return Credentials.of(Settings.of(TokenSettings.class, all), TOKEN_URL, "4711", clock);
    }

    private void use(String key, String certificate) throws IOException {
        Files.writeString(used.resolve("key.pem"), Files.readString(folder.resolve(key + ".key")));
        Files.writeString(used.resolve("certificate.pem"), Files.readString(folder.resolve(certificate + ".pem")));
    }

    private static X509Certificate make(String name)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        X509Certificate certificate = (X509Certificate) keys.getCertificate(name);
        write(
                folder.resolve(name + ".key"),
                "PRIVATE KEY",
                keys.getKey(name, PASSWORD).getEncoded());
        write(folder.resolve(name + ".pem"), "CERTIFICATE", certificate.getEncoded());
        return certificate;
    }

    private static void write(Path file, String kind, byte[] content) throws IOException {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + lines.encodeToString(content) + "\n-----END " + kind + "-----\n");
    }

    private static JsonNode part(String assertion, int index) throws IOException {
        return new ObjectMapper()
                .readTree(Base64.getUrlDecoder().decode(assertion.split("\\.", -1)[index]));
    }

    private static String thumbprint(X509Certificate certificate) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private static boolean isSignedBy(String assertion, X509Certificate certificate) throws GeneralSecurityException {
        int end = assertion.lastIndexOf('.');
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        signature.initVerify(certificate);
        signature.update(assertion.substring(0, end).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(assertion.substring(end + 1)));
    }
}
