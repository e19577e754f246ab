package org.mailtrace.standins.traffic;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What an administrator of Exchange Online forgot. The texts were seen in public except for that about the permission;
 * Exchange's admin API answers without a text.
 */
public enum Refusal {
    /** The application lacks the permission. */
    @JsonProperty("permission")
    PERMISSION(403, graph("Authorization_RequestDenied", "Insufficient privileges to complete the operation.")),
    /** The service principal of Transport Data Platform does not exist in the tenant. */
    @JsonProperty("service-principal")
    SERVICE_PRINCIPAL(
            401,
            graph(
                    "Unauthorized",
                    "Service principal-less Authentication failed: the service principal for App ID"
                            + " 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 was not found. Please create a service principal for"
                            + " this app in your tenant. Provisioning may take several hours to complete.")),
    /** No token is good any more. */
    @JsonProperty("token")
    TOKEN(401, graph("InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")),
    /** The client secret has expired; only the token endpoint says so. */
    @JsonProperty("expired-secret")
    EXPIRED_SECRET(401, entra("invalid_client", 7000222, "The provided client secret keys for app are expired.")),
    /** The certificate is not, or no longer, registered; only the token endpoint says so. */
    @JsonProperty("certificate")
    CERTIFICATE(
            401,
            entra(
                    "invalid_client",
                    700027,
                    "The certificate with identifier used to sign the client assertion is not registered on"
                            + " application.")),
    /** The client's clock is wrong; only the token endpoint says so. */
    @JsonProperty("clock-skew")
    CLOCK_SKEW(401, entra("invalid_client", 700024, "Client assertion is not within its valid time range."));

    private final int status;
    private final String body;

    Refusal(int status, String body) {
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }

    boolean isOf(String system) {
        boolean signIn = compareTo(EXPIRED_SECRET) >= 0;
        return system.equals(signIn ? FaultSwitches.SIGN_IN : FaultSwitches.EXCHANGE_ONLINE);
    }

    private static String graph(String code, String message) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"innerError\":{}}}";
    }

    private static String entra(String error, int code, String text) {
        return "{\"error\":\"" + error + "\",\"error_description\":\"AADSTS" + code + ": " + text
                + "\",\"error_codes\":[" + code + "]}";
    }
}
