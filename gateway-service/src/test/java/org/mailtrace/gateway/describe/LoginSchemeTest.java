package org.mailtrace.gateway.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.OAuthFlow;
import org.junit.jupiter.api.Test;
import org.mailtrace.gateway.Settings;

class LoginSchemeTest {
    private static final String TENANT = "https://login.microsoftonline.com/8f0a1c2e-0000-0000-0000-000000000000";

    @Test
    void logsInByKeycloaksPathsUnlessItIsToldOthers() {
        // when
        OpenAPI described = describe("https://login.rivercounty.example/realms/mailtrace/", Map.of());

        // then
        assertThat(flow(described).getAuthorizationUrl())
                .isEqualTo("https://login.rivercounty.example/realms/mailtrace/protocol/openid-connect/auth");
        assertThat(flow(described).getTokenUrl())
                .isEqualTo("https://login.rivercounty.example/realms/mailtrace/protocol/openid-connect/token");
        assertThat(flow(described).getScopes()).containsOnlyKeys("openid");
    }

    @Test
    void logsInAtAnIdentityProviderOfOtherPathsAndScopes() {
        // when
        OpenAPI described = describe(
                TENANT + "/v2.0",
                Map.of(
                        "mailtrace.login.authorization-url",
                        TENANT + "/oauth2/v2.0/authorize",
                        "mailtrace.login.token-url",
                        TENANT + "/oauth2/v2.0/token",
                        "mailtrace.login.scopes",
                        "openid,api://mailtrace/trace"));

        // then
        assertThat(flow(described).getAuthorizationUrl()).isEqualTo(TENANT + "/oauth2/v2.0/authorize");
        assertThat(flow(described).getTokenUrl()).isEqualTo(TENANT + "/oauth2/v2.0/token");
        assertThat(flow(described).getScopes()).containsOnlyKeys("openid", "api://mailtrace/trace");
        assertThat(described
                        .getPaths()
                        .getPathItem("/traces")
                        .getGET()
                        .getSecurity()
                        .getFirst()
                        .getScheme("login"))
                .containsExactly("openid", "api://mailtrace/trace");
    }

    @Test
    void anAddressThatIsNotWholeEndsTheStartWithOneSentence() {
        // given
        LoginSettings relative =
                Settings.of(LoginSettings.class, Map.of("mailtrace.login.token-url", "/oauth2/v2.0/token"));

        // then
        assertThatThrownBy(() -> new LoginCheck().check(null, relative))
                .hasMessage("Set mailtrace.login.token-url to a whole address, such as"
                        + " https://login.rivercounty.example/authorize.");
    }

    private static OpenAPI describe(String issuer, Map<String, String> settings) {
        OpenAPI description = OASFactory.createOpenAPI()
                .components(OASFactory.createComponents())
                .paths(OASFactory.createPaths()
                        .addPathItem("/traces", OASFactory.createPathItem().GET(OASFactory.createOperation())));
        new LoginScheme(Settings.of(LoginSettings.class, settings), issuer).filterOpenAPI(description);
        return description;
    }

    private static OAuthFlow flow(OpenAPI description) {
        return description
                .getComponents()
                .getSecuritySchemes()
                .get("login")
                .getFlows()
                .getAuthorizationCode();
    }
}
