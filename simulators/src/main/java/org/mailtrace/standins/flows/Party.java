package org.mailtrace.standins.flows;

/** The systems, hosts and addresses of the organisation whose mail flows are made up. Everything is invented. */
final class Party {
    static final String PP = "proofpoint";
    static final String ONPREM = "onprem-exchange";
    static final String EXO = "exchange-online";

    static final String DOMAIN = "rivercounty.example";
    static final String CLOUD_DOMAIN = "rivercounty.mail.onmicrosoft.example";

    static final String CLOUD_HOST = "rivercounty-example.mail.protection.outlook.com";
    static final String GATE_HOST = "mx1.pphosted.example";

    /** From which one system of ours hands mail to the next. */
    static final String GATE_IP = "198.51.100.25";

    static final String SERVERS_IP = "198.51.100.10";
    static final String SERVERS_TO_GATE_IP = "198.51.100.11";
    static final String CLOUD_IP = "198.51.100.200";

    private Party() {}

    static String host(String server) {
        return server.toLowerCase(java.util.Locale.ROOT) + "." + DOMAIN;
    }

    static String otherServer(String server) {
        return server.equals("EXCH01") ? "EXCH02" : "EXCH01";
    }

    static boolean isOurs(String address) {
        return address.endsWith("@" + DOMAIN) || address.endsWith("@" + CLOUD_DOMAIN);
    }

    /** The file that says whose stories these are. */
    static String organisation() {
        return """
                organisation:
                  domains: [%s]
                  cloudDomain: %s
                  servers: [EXCH01, EXCH02]
                  quarantineUrl: https://myspam.%s:10020/euweb/login
                  devices: [10.20.0.0/16]
                  nextHops:
                    "*.mail.protection.outlook.com": exchange-online
                    "mx*.pphosted.example": proofpoint
                """.formatted(DOMAIN, CLOUD_DOMAIN, DOMAIN);
    }
}
