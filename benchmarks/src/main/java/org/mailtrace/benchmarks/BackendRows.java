package org.mailtrace.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Synthetic messages that came from outside and went through all three sources into a mailbox, as each of them saw them:
 * nothing is open, so nobody is asked twice.
 *
 * @param messages how many; each source has a row of each
 * @param now the moment up to which a source says that it looked, UTC
 */
record BackendRows(int messages, Instant now) {
    static final String RECIPIENT = "ana@rivercounty.example";

    /** In the order of custody. */
    static final List<String> SOURCES = List.of("proofpoint", "onprem-exchange", "exchange-online");

    /** Where each of them takes mail. */
    static final List<String> HOSTS =
            List.of("mx.pphosted.com", "mail.rivercounty.example", "rivercounty.mail.protection.outlook.com");

    /** All messages lie between this and {@link #now()}, UTC. */
    Instant from() {
        return now.minus(Duration.ofDays(1));
    }

    /** As section 3 of the contract says. */
    String envelope(String source) {
        return """
                {"source":"%s","state":"ANSWERED","searchedFrom":"%s","searchedTo":"%s","searchableFrom":"%s",\
                "dataAsOf":"%s","absenceProvenUntil":"%s","tookMs":3,"parts":[],"warnings":[],"observations":%s}""".formatted(source, from(), now, now.minus(Duration.ofDays(90)), now, now, list(source));
    }

    String list(String source) {
        return IntStream.range(0, messages).mapToObj(i -> row(source, i)).collect(Collectors.joining(",", "[", "]"));
    }

    private String row(String source, int i) {
        Instant at =
                now.truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofHours(2)).minusSeconds(60L * i);
        return row(source, i, at, "");
    }

    /**
     * One row. The yardstick orders rows by the field {@code received}; a gateway leaves out what it does not know.
     *
     * @param at when the message came in
     * @param events what happened to it there, as the contract writes it
     */
    static String row(String source, long number, Instant at, String events) {
        int hop = SOURCES.indexOf(source);
        Instant seen = at.plusSeconds(hop);
        boolean last = hop == SOURCES.size() - 1;
        String next =
                last ? "" : ",\"nextHop\":{\"host\":\"" + HOSTS.get(hop + 1) + "\",\"reply\":\"250 2.0.0 accepted\"}";
        return String.format(
                Locale.ROOT,
                """
                {"sourceId":"%1$s-%2$06d","received":"%3$s","messageId":"<%2$06d.9683b4c@contoso.example>",\
                "networkMessageId":"4451a062-48cb-e80d-e8c0-%2$012d","sender":"sam@contoso.example",\
                "headerFrom":"Sam <sam@contoso.example>","subject":"Quarterly report %2$d","sizeBytes":45678,\
                "firstSeen":"%3$s","lastSeen":"%3$s"%7$s,"direction":"INBOUND","clientIp":"192.0.2.7",\
                "recipientCount":1,"recipientsComplete":true,"detailsFetched":true,"recipients":[{"address":"%4$s",\
                "status":"%5$s","rawStatus":"ok","at":"%3$s"%6$s,"relatedAddresses":[],\
                "explanation":"It accepted the message and did with it what it should."}],"events":[%8$s],"relatedMessages":[]}""",
                source,
                number,
                seen,
                RECIPIENT,
                last ? "DELIVERED" : "PASSED_ON",
                next,
                hop == 0 ? ",\"origin\":\"OUTSIDE\"" : "",
                events);
    }
}
