package org.mailtrace.standins.exo.identity;

/** What a token is good for. A token for one is refused by the other. */
public enum Audience {
    GRAPH("https://graph.microsoft.com", "ExchangeMessageTrace.Read.All"),
    EXCHANGE("https://outlook.office365.com", "Exchange.ManageAsApp");

    private final String resource;
    private final String role;

    Audience(String resource, String role) {
        this.resource = resource;
        this.role = role;
    }

    String resource() {
        return resource;
    }

    String role() {
        return role;
    }
}
