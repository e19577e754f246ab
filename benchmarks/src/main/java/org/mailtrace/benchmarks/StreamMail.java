package org.mailtrace.benchmarks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One synthetic message, told as the log stream tells it: a {@code message} record and the {@code maillog} records of its
 * mail server, 2.2 of them on average, in the shapes of the vendor's published samples. The same number gives the same
 * message, so each connection makes its own records and both belong together.
 *
 * @param at when it was filtered, UTC
 */
record StreamMail(
        String guid,
        String qid,
        String agent,
        Instant at,
        String sender,
        List<String> recipients,
        String subject,
        String id,
        boolean held,
        String junk) {
    private static final int RECIPIENTS = 3000;
    private static final int SENDERS = 8000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxx").withZone(ZoneOffset.ofHours(-7));
    private static final String[] WORDS = ("invoice order meeting report status update contract offer delivery ticket"
                    + " account payment reminder urgent project review schedule agenda minutes budget forecast quarter"
                    + " customer complaint return warehouse server backup outage maintenance password security training")
            .split(" ");
    private static final char[] LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray();

    static StreamMail of(long number, Instant at) {
        SplittableRandom random = new SplittableRandom(number);
        int dice = random.nextInt(100);
        int count = dice < 70 ? 1 : dice < 89 ? 2 : 3;
        List<String> recipients = new ArrayList<>();
        int first = random.nextInt(RECIPIENTS);
        for (int i = 0; i < count; i++) {
            recipients.add("user" + (first + i * 37) % RECIPIENTS + "@rivercounty.example");
        }
        int sender = random.nextInt(SENDERS);
        StringBuilder subject = new StringBuilder(random.nextInt(3) == 0 ? "RE: " : "");
        for (int words = 3 + random.nextInt(5); words > 0; words--) {
            subject.append(WORDS[random.nextInt(WORDS.length)]).append(words > 1 ? " " : "");
        }
        return new StreamMail(
                text(random, 32),
                "5AO" + Long.toString(number, 36).toUpperCase(Locale.ROOT) + "000303",
                "m016916" + random.nextInt(4) + ".ppops.net",
                at,
                "person" + sender + "@company" + sender % 900 + ".example",
                recipients,
                subject.toString(),
                "<" + text(random, 20) + "." + number + "@mail.company" + sender % 900 + ".example>",
                random.nextInt(100) < 15,
                text(random, 700));
    }

    /** The {@code message} record. */
    String message() {
        String to = quoted(recipients);
        String bare = id.substring(1, id.length() - 1);
        String decision = held ? """
                "disposition":"discard","quarantine":{"folder":"Bulk","folderId":"bulk","module":"spam",\
                "rule":"inbound_bulk","type":"incoming"},"actions":[{"module":"av","rule":"clean","action":"add-header"},\
                {"module":"spam","rule":"inbound_bulk","action":"quarantine"},\
                {"module":"spam","rule":"inbound_bulk","isFinal":true,"action":"discard"}],""" : """
                "delivered":{"rcpts":[%s]},"disposition":"continue","actions":[\
                {"module":"av","rule":"clean","action":"add-header"},\
                {"module":"av","isFinal":true,"action":"continue","rule":"clean"},\
                {"module":"spam","action":"add-header","rule":"notspam"}],""".formatted(to);
        return """
                {"connection":{"protocol":"smtp:smtp","ip":"203.0.113.%1$d","host":"mail.%2$s","sid":"3j%3$s",\
                "resolveStatus":"ok","helo":"mail.%2$s","country":"us","tls":{"inbound":{"version":"TLSv1.3",\
                "cipher":"TLS_AES_256_GCM_SHA384","cipherBits":256}}},"filter":{"qid":"%4$s",%5$s"modules":{"spam":{\
                "version":{"definitions":"main-2611240092","engine":"8.19.0-2611040000"},"langs":["en","pt","es"],\
                "scores":{"classifiers":{"malware":0,"lowpriority":0,"adult":0,"mlx":0,"bulk":%6$d,"spam":0,"phish":0,\
                "mlxlog":372,"impostor":0,"suspect":0},"overall":%6$d,"engine":0}}},"routes":["allow_relay",\
                "firewallsafe","default_inbound"],"durationSecs":0.169678,"suborgs":{"sender":"0","rcpts":["0"]},\
                "verified":{"rcpts":[%7$s]},"msgSizeBytes":4857,"routeDirection":"inbound"},"guid":"%8$s",\
                "msg":{"header":{"return-path":["<%9$s>"],"to":[%7$s],"message-id":["%10$s"],\
                "from":["\\"A Person\\" <%9$s>"],"reply-to":["%9$s"],"subject":["%11$s"]},"sizeBytes":4275,\
                "normalizedHeader":{"subject":["%11$s"],"reply-to":["%9$s"],"to":[%7$s],"message-id":["%12$s"],\
                "from":["\\"A Person\\" <%9$s>"],"return-path":["<%9$s>"]},"parsedAddresses":{"from":["%9$s"],\
                "to":[%7$s],"reply-to":["%9$s"],"fromDisplayNames":["A Person"]},"lang":"en"},"msgParts":[{\
                "structureId":"0","isVirtual":false,"labeledName":"text.html","isCorrupted":false,\
                "disposition":"inline","detectedSizeBytes":2118,"detectedExt":"HTML","detectedMime":"text/html",\
                "labeledMime":"text/html","textExtracted":"%13$s","isTimedOut":false,"isDeleted":false,\
                "isArchive":false,"sizeDecodedBytes":2118,"detectedName":"text.html","labeledCharset":"US-ASCII",\
                "dataBase64":"%13$s","metadata":{},"isProtected":false,"urls":[{"url":"https://%2$s/a/%3$s","src":[\
                "filter"]}]}],"ts":"%14$s","metadata":{"origin":{"data":{"agent":"%15$s","version":"8.19.0.1216",\
                "cid":"synthetic_hosted"}}},"envelope":{"rcpts":[%7$s],"from":"%9$s"},"type":"message"}""".formatted(
                        guid.charAt(1) % 250,
                        sender.substring(sender.indexOf('@') + 1),
                        guid.substring(0, 8),
                        qid,
                        decision,
                        held ? 100 : 0,
                        to,
                        guid,
                        sender,
                        id,
                        subject,
                        bare,
                        junk.substring(0, 350),
                        TIME.format(at),
                        agent);
    }

    /** The {@code maillog} records: where it came from, and unless it is held one for each recipient. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        String local = "localhost [127.0.0.1]";
        lines.add(line(
                0,
                "from=<%s>, size=4857, class=0, nrcpts=%d, msgid=%s, proto=ESMTP, daemon=MTA, tls_verify=NONE, auth=NONE,"
                                .formatted(sender, recipients.size(), id)
                        + " relay=" + local,
                """
                "from":"<%s>","sizeBytes":"4857","class":"0","nrcpts":"%d","msgid":"%s","proto":"ESMTP","daemon":"MTA",\
                "auth":"NONE","relay":"%s\"""".formatted(sender, recipients.size(), id, local)));
        if (held) {
            return lines;
        }
        String relay = "rivercounty-example.mail.protection.outlook.com. [198.51.100." + guid.charAt(2) % 250 + "]";
        for (int i = 0; i < recipients.size(); i++) {
            String stat =
                    "Sent (250 2.6.0 %s [InternalId=%d, Hostname=AM0PR0%d.prod.outlook.com] 5140 bytes in 0.21 Queued mail for delivery)"
                            .formatted(id, guid.hashCode() & 0xffffff, guid.charAt(3) % 10);
            lines.add(line(
                    i + 1,
                    "to=<%s>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, tls_verify=OK, tls_version=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, pri=124857, relay=%s, dsn=2.0.0, stat=%s"
                            .formatted(recipients.get(i), relay, stat),
                    """
                    "to":["<%s>"],"delay":"00:00:01","xdelay":"00:00:01","mailer":"esmtp","pri":"124857","relay":"%s",\
                    "dsn":"2.0.0","stat":"%s\"""".formatted(recipients.get(i), relay, stat)));
        }
        return lines;
    }

    private String line(int number, String text, String fields) {
        String host = agent.substring(0, agent.indexOf('.'));
        String time = TIME.format(at.plusMillis(400L * number));
        String colon = time.substring(0, time.length() - 2) + ':' + time.substring(time.length() - 2);
        return """
                {"data":"%1$s %2$s sendmail[22003]: %3$s: %4$s","tls":{"version":"TLSv1.3","verify":"OK",\
                "cipher":"TLS_AES_256_GCM_SHA384"},"sm":{"qid":"%3$s",%5$s},"pps":{"cid":"synthetic_hosted",\
                "agent":"%6$s"},"ts":"%7$s","id":"%8$s","metadata":{"origin":{"schemaVersion":"20200420","data":{\
                "cid":"synthetic_hosted","agent":"%6$s"}},"customerId":"6ae809da-7151-354f-8d3c-40fe90ec6eca"},\
                "type":"maillog"}""".formatted(colon, host, qid, text, fields, agent, time, guid.substring(0, 21) + number);
    }

    private static String quoted(List<String> texts) {
        return '"' + String.join("\",\"", texts) + '"';
    }

    private static String text(SplittableRandom random, int length) {
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = LETTERS[random.nextInt(LETTERS.length)];
        }
        return new String(text);
    }
}
