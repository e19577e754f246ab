package org.mailtrace.exo.words;

/** Every sentence about how Exchange Online is reached, and about the interface of cmdlets. */
public final class InterfaceWords {
    public static final String PLACE_UNKNOWN =
            "This report was begun with other settings of the interface to Exchange Online and cannot be continued. Start"
                    + " it again.";
    public static final String PAGES_WITHOUT_END =
            "Exchange Online keeps naming further pages without coming to an end, so some messages may be missing. Narrow"
                    + " the window, or add an address or subject.";
    public static final String ROWS_IN_NO_ORDER =
            "Exchange Online gave more messages than one answer holds, in an order that cannot be continued, so some are"
                    + " missing. Narrow the window, or add an address or subject.";
    public static final String MORE_WITHOUT_ROWS =
            "Exchange Online says that there are more messages but does not give them, so some may be missing.";
    public static final String TOO_SLOW =
            "Exchange Online gives up on this search even for a short time span. Add an address, a subject or an id.";

    public static final String ASKED_TO_WAIT =
            "Exchange Online asks for a pause; nothing more is sent to it until that is over.";
    public static final String CMDLET_THROTTLED =
            "Exchange Online allows no further commands for the moment, because the organisation's quota is spent.";
    public static final String CMDLET_FAILED =
            "Exchange Online failed or gave no usable answer to a command; ask again in a few minutes.";
    public static final String CMDLET_REFUSED =
            "Exchange Online refused the command as it stands. Ask by another address, subject or id.";
    public static final String COMMAND_UNCERTAIN =
            "Exchange Online did not say whether it carried out a command. Look whether it did before you send it again.";
    public static final String CMDLET_DENIED =
            "Exchange Online does not let the application run the command. An administrator has to grant it the application"
                    + " permission Exchange.ManageAsApp (Office 365 Exchange Online) with admin consent, and give its"
                    + " service principal a role that may run message traces, such as Exchange Administrator, Security"
                    + " Reader or Global Reader; it may then take an hour.";
    public static final String CMDLET_TOKEN_REFUSED =
            "Exchange Online refused a fresh access token. An administrator has to check mailtrace.exo.exchange-scope and"
                    + " mailtrace.exo.tenant-id, and that the application has the permission Exchange.ManageAsApp.";
    public static final String NO_CMDLETS_HERE =
            "The configured address takes no commands. An administrator has to check mailtrace.exo.exchange-url.";
    public static final String TENANT_UNKNOWN =
            "The access token does not name the tenant. An administrator has to set mailtrace.exo.tenant-id to the tenant's"
                    + " id, a GUID.";

    private InterfaceWords() {}

    /** The name of a configured host has no address. */
    public static String hostUnknown(String host) {
        return "The host " + host + " could not be found. An administrator has to check the configured address and the"
                + " name service (DNS).";
    }

    /** A configured host showed no certificate that can be trusted, or none at all. */
    public static String hostNotTrusted(String host) {
        return "The host " + host
                + " could not prove who it is: its certificate is not trusted, has expired or belongs to"
                + " another host, or it does not speak TLS. Nothing was sent. An administrator has to check the configured"
                + " address and any proxy in between.";
    }
}
