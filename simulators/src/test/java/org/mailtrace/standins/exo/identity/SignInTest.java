package org.mailtrace.standins.exo.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.Tenant;

@QuarkusTest
class SignInTest {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    @Inject
    StandInsConfig config;

    @Inject
    ObjectMapper json;

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "RS256"})
    void takesAnAssertionThatTheCertificateSigned(String algorithm) throws Exception {
        // when
        Response token = signIn(assertion(algorithm, Map.of(), key()));

        // then
        assertThat(token.statusCode()).as(token.asString()).isEqualTo(200);
        assertThat(claims(token.jsonPath().getString("access_token")))
                .containsEntry("tid", config.exchangeOnline().tenant())
                .containsEntry("aud", "https://graph.microsoft.com");
    }

    @Test
    void leavesACertificateThatIsValidNow() throws Exception {
        X509Certificate certificate = certificate();
        certificate.checkValidity();
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void refusesAKeyThatIsNotRegistered() throws Exception {
        // given
        PrivateKey stranger =
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();

        // when
        Response refusal = signIn(assertion("PS256", Map.of(), stranger));

        // then
        assertRefused(refusal, 700027);
    }

    @ParameterizedTest
    @CsvSource({"exp, -600, 700024", "nbf, 600, 700024"})
    void refusesAnAssertionOutsideOfItsTime(String claim, long offset, int number) throws Exception {
        long time = Instant.now().getEpochSecond() + offset;
        assertRefused(signIn(assertion("PS256", Map.of(claim, time), key())), number);
    }

    @ParameterizedTest
    @CsvSource({"aud, https://elsewhere.example/token, 700023", "iss, somebody, 700021", "sub, somebody, 700021"})
    void refusesAnAssertionForAnotherOrOfAnother(String claim, String value, int number) throws Exception {
        assertRefused(signIn(assertion("PS256", Map.of(claim, value), key())), number);
    }

    @Test
    void refusesWhatIsNoAssertion() {
        assertRefused(signIn("not.a.token"), 50027);
        assertRefused(signIn("nothing"), 50027);
    }

    @Test
    void bindsTheTokenToItsScope() throws IOException {
        // when
        String token = new Tenant(config).token(config.exchangeOnline().cmdletScope());

        // then
        assertThat(claims(token)).containsEntry("aud", "https://outlook.office365.com");
        assertRefused(
                new Tenant(config)
                        .signIn(Map.of(
                                "client_secret", config.exchangeOnline().clientSecret(), "scope", "https://elsewhere")),
                70011);
    }

    private Response signIn(String assertion) {
        return new Tenant(config)
                .signIn(Map.of(
                        "client_assertion_type",
                        TYPE,
                        "client_assertion",
                        assertion,
                        "scope",
                        config.exchangeOnline().scope()));
    }

    private static void assertRefused(Response refusal, int number) {
        assertThat(refusal.jsonPath().getString("error_description")).startsWith("AADSTS" + number + ":");
        assertThat(refusal.jsonPath().getList("error_codes")).isEqualTo(List.of(number));
    }

    private String assertion(String algorithm, Map<String, Object> otherwise, PrivateKey key) throws Exception {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of(
                "aud",
                config.publicUrl() + "/entra/" + config.exchangeOnline().tenant() + "/oauth2/v2.0/token",
                "iss",
                config.exchangeOnline().clientId(),
                "sub",
                config.exchangeOnline().clientId(),
                "jti",
                "one",
                "nbf",
                now,
                "exp",
                now + 300));
        claims.putAll(otherwise);
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
        String signed =
                encoded(json.writeValueAsBytes(Map.of("alg", algorithm, "typ", "JWT", "x5t#S256", encoded(digest))))
                        + "." + encoded(json.writeValueAsBytes(claims));
        Signature signature = Signature.getInstance(algorithm.equals("PS256") ? "RSASSA-PSS" : "SHA256withRSA");
        if (algorithm.equals("PS256")) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + encoded(signature.sign());
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> claims(String token) throws IOException {
        return json.readValue(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]), Map.class);
    }

    private PrivateKey key() throws IOException, GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pem("exo-key.pem")));
    }

    private X509Certificate certificate() throws IOException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem("exo-certificate.pem")));
    }

    private byte[] pem(String file) throws IOException {
        Path path = config.state().resolve("config").resolve(file);
        String body = Files.readString(path).replaceAll("-----[^-]+-----", "");
        return Base64.getMimeDecoder().decode(body);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
