package org.mailtrace.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Whose word the gateway takes for who asks. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class TokensTest {
    private static final String KEY = "privateKey.jwk";

    @Test
    void aTokenThatIsInOrderIsTaken() {
        assertThat(statusWith(signed(claims()))).isEqualTo(200);
    }

    @Test
    void aTokenThatIsOverIsNotTaken() {
        assertThat(statusWith(signed(claims().expiresAt(Instant.now().minus(Duration.ofMinutes(5))))))
                .isEqualTo(401);
    }

    @Test
    void aTokenOfAnotherIssuerIsNotTaken() {
        assertThat(statusWith(signed(claims().issuer("https://login.elsewhere.example"))))
                .isEqualTo(401);
    }

    @Test
    void aTokenForAnotherApplicationIsNotTaken() {
        assertThat(statusWith(signed(claims().audience("payroll")))).isEqualTo(401);
    }

    @Test
    void aTokenThatAnotherKeySignedIsNotTaken() throws Exception {
        // given
        PrivateKey another =
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();

        // then
        assertThat(statusWith(claims().jws().keyId("1").sign(another))).isEqualTo(401);
    }

    @Test
    void aTokenThatNobodySignedIsNotTaken() {
        // given
        String[] parts = signed(claims()).split("\\.", -1);
        String unsigned = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "." + parts[1] + ".";

        // then
        assertThat(statusWith(unsigned)).isEqualTo(401);
    }

    /** Else anyone could sign with what everybody may read: the issuer's public key, taken for a shared secret. */
    @Test
    void aTokenThatIsSignedWithASharedSecretIsNotTaken() {
        // given
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);

        // then
        assertThat(statusWith(claims().jws()
                        .keyId("1")
                        .algorithm(SignatureAlgorithm.HS256)
                        .sign(new SecretKeySpec(secret, "HmacSHA256"))))
                .isEqualTo(401);
    }

    private static JwtClaimsBuilder claims() {
        return Jwt.preferredUserName("helpdesk")
                .groups(Set.of("trace-reader"))
                .issuer("https://server.example.com")
                .audience("mailtrace")
                .subject("123456")
                .expiresAt(Instant.now().plus(Duration.ofMinutes(5)));
    }

    private static String signed(JwtClaimsBuilder claims) {
        return claims.jws().keyId("1").sign(KEY);
    }

    private static int statusWith(String token) {
        return given().auth().oauth2(token).get("/sources").statusCode();
    }
}
