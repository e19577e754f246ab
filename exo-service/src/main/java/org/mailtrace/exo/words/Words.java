package org.mailtrace.exo.words;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Every sentence about a question, an answer or a failure; those about recipients are in {@link StatusWords}. */
public final class Words {
    /** The source, as a person knows it. */
    public static final String SOURCE = "Exchange Online";
    /** The identity provider in front of it, as a person knows it. */
    public static final String SIGN_IN = "Microsoft's sign-in";

    public static final String NO_ANSWER_IN_TIME = "Exchange Online did not answer in time; ask again in a moment.";
    public static final String GRAPH_FAILED =
            "Exchange Online failed or gave no usable answer; ask again in a few minutes.";
    public static final String GRAPH_HAS_NO_TRACES =
            "The configured address offers no message traces. Ask an administrator to check mailtrace.exo.graph-url;"
                    + " Microsoft's national clouds do not offer them, so set mailtrace.exo.transport=cmdlet there.";
    public static final String GRAPH_REFUSED_QUESTION =
            "Exchange Online refused this question as it stands. Ask by another address, subject or id.";
    public static final String GRAPH_THROTTLED =
            "Exchange Online allows no further trace requests for the moment, because the organisation's quota is spent.";
    public static final String BUDGET_SPENT =
            "The trace requests that Exchange Online allows are used up for the moment.";
    public static final String OUT_OF_RETENTION_BY_VENDOR =
            "Exchange Online keeps traces for 90 days, and the window begins before that.";

    public static final String PERMISSION_MISSING =
            "The application lacks the permission ExchangeMessageTrace.Read.All. An administrator has to grant it as an"
                    + " application permission in Microsoft Entra and give admin consent.";
    public static final String SERVICE_PRINCIPAL_MISSING =
            "Microsoft's application Transport Data Platform is missing in the tenant. An administrator has to create its"
                    + " service principal (application id 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373); it may then take some"
                    + " hours.";
    public static final String TOKEN_REFUSED =
            "Microsoft Graph refused a fresh access token. An administrator has to check mailtrace.exo.scope and that the"
                    + " application belongs to the tenant that mailtrace.exo.token-url names.";
    public static final String SIGN_IN_FAILED =
            "Microsoft's sign-in failed or gave no usable answer, so Exchange Online could not be asked; ask again in a"
                    + " few minutes.";
    public static final String SIGN_IN_THROTTLED =
            "Microsoft's sign-in accepts no further requests for the moment, so Exchange Online could not be asked.";

    public static final String TOO_MANY_ROWS =
            "More messages match than are read for one question, so some are missing. Narrow the window, or add an"
                    + " address or subject.";
    public static final String PAGES_IN_A_CIRCLE =
            "Exchange Online led back to a page that was already read, so some messages may be missing.";
    public static final String PAGE_ELSEWHERE =
            "Exchange Online named a next page at another address; it was not followed, so some messages may be missing.";
    public static final String UNREADABLE_ROWS =
            "Some rows from Exchange Online could not be read, so some messages may be missing.";

    public static final String NULL_SENDER_ALONE =
            "Exchange Online cannot be searched by the empty sender alone. Add a recipient, a subject or an id.";

    public static final String NOT_WHOLE_DOMAIN =
            "Searching Exchange Online for a whole domain works but is not documented by Microsoft. To be certain that"
                    + " there is nothing, ask for an address.";
    public static final String BY_ENVELOPE_SENDER =
            "Exchange Online is searched by the envelope sender, and nothing was found by that one. The From header, which a"
                    + " reader sees, may show another address: ask by recipient, subject or id as well.";
    public static final String MEMBERS_NOT_READ =
            "Not all recipients of a message could be listed; look the message up by itself to see them.";

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Words() {}

    /** What an administrator has to do about a refused sign-in; the number is Microsoft's (AADSTS...). */
    public static String signInRefused(String number) {
        return switch (number) {
            case "7000222" ->
                "The application's client secret has expired. An administrator has to create a new one in Microsoft Entra"
                        + " and put it into mailtrace.exo.client-secret or its file (AADSTS7000222).";
            case "7000215" ->
                "The application's client secret is wrong. An administrator has to set mailtrace.exo.client-secret, or its"
                        + " file, to the secret's value, not its id (AADSTS7000215).";
            case "700016" ->
                "The tenant does not know the application. An administrator has to check mailtrace.exo.client-id and the"
                        + " tenant in mailtrace.exo.token-url (AADSTS700016).";
            case "90002" ->
                "The tenant does not exist. An administrator has to check the tenant in mailtrace.exo.token-url"
                        + " (AADSTS90002).";
            case "700024" ->
                "The clock of this machine is wrong, so Microsoft does not accept the application's proof. An"
                        + " administrator has to set the clock (AADSTS700024).";
            case "700027" ->
                "The application's certificate is not registered, or has expired. An administrator has to upload the"
                        + " certificate that mailtrace.exo.client-certificate names to the application in Microsoft Entra"
                        + " (AADSTS700027).";
            case "500011", "70011", "1002012" ->
                "The tenant does not know what the access token is asked for. An administrator has to check"
                        + " mailtrace.exo.scope and mailtrace.exo.exchange-scope (AADSTS" + number + ").";
            default ->
                "Microsoft's sign-in refused the application. An administrator has to look up the error AADSTS" + number
                        + ".";
        };
    }

    /** The window, or part of it, is too old. */
    public static String outOfRetention(Instant searchableFrom) {
        return "Exchange Online keeps traces for 90 days. Nothing before " + DAY.format(searchableFrom)
                + " (UTC) can be searched.";
    }

    /** The request could not be counted, so it was not sent; the reason is a sentence. */
    public static String notCounted(String reason) {
        return "Exchange Online was not asked, because the request could not be counted against its quota. " + reason
                + " An administrator has to check the store: the file that mailtrace.exo.store.file names and the disk that"
                + " it is on, or the database that mailtrace.exo.store.postgresql.url names.";
    }

    /** Some requests of a question were answered and others were not. */
    public static String partly(String why) {
        return "Only part of the question was answered. " + why;
    }

    /** Events of some recipients could not be read. */
    public static String detailsNotRead(String why) {
        return "The events of some recipients could not be read. " + why;
    }
}
