package org.mailtrace.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;

/**
 * Writes synthetic tracking-log rows of two servers in order of time, in the columns of Exchange 2016 and later: mail from
 * outside, to outside and within, one to eighty recipients, shadow copies and agents' notes, thirty days. The same seed
 * gives the same file.
 */
final class LogGenerator {
    static final String COLUMNS = "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,"
            + "connector-id,source,event-id,internal-message-id,message-id,network-message-id,recipient-address,"
            + "recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,"
            + "sender-address,return-path,message-info,directionality,tenant-id,original-client-ip,original-server-ip,"
            + "custom-data,transport-traffic-type,log-id,schema-version";

    /** When the first row is of, UTC. */
    static final Instant BEGIN = Instant.parse("2026-10-01T00:00:00Z");

    static final Duration SPAN = Duration.ofDays(30);
    private static final int MAILBOXES = 20_000;
    private static final int OUTSIDERS = 60_000;
    private static final String[] WORDS = ("invoice order meeting report status update contract offer delivery ticket"
                    + " account payment reminder urgent project review schedule agenda minutes budget forecast quarter"
                    + " customer complaint return warehouse server backup outage maintenance password security training"
                    + " holiday travel booking survey policy audit permit council library road water school park")
            .split(" ");

    private final Random random;
    private final PriorityQueue<Row> pending = new PriorityQueue<>();
    private long rows;

    LogGenerator(long seed) {
        random = new Random(seed);
    }

    /** Writes the rows of so many messages; returns how many rows that are. */
    long write(Path file, int messages) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(
                    "#Software: Microsoft Exchange Server\r\n#Version: 15.02.1544.011\r\n#Log-type: Message Tracking Log\r\n"
                            + "#Date: " + BEGIN + "\r\n#Fields: " + COLUMNS + "\r\n");
            for (int i = 0; i < messages; i++) {
                Instant at = BEGIN.plusMillis(SPAN.toMillis() * i / messages);
                message(at, i);
                while (!pending.isEmpty() && pending.peek().at().isBefore(at)) {
                    out.write(pending.poll().text());
                }
            }
            while (!pending.isEmpty()) {
                out.write(pending.poll().text());
            }
        }
        return rows;
    }

    private void message(Instant begin, int number) {
        boolean inbound = random.nextInt(100) < 55;
        boolean outbound = !inbound && random.nextInt(100) < 55;
        Message message = new Message(
                inbound ? outsider() : mailbox(),
                recipients(outbound),
                subject(),
                "<" + Long.toHexString(random.nextLong()) + "." + number + "@mail.example>",
                new UUID(random.nextLong(), random.nextLong()).toString(),
                1 + random.nextInt(2),
                Long.toString(26_000_000_000_000L + number * 7L),
                inbound ? "203.0.113." + random.nextInt(255) : "10.1." + random.nextInt(64) + "." + random.nextInt(255),
                inbound ? "Incoming" : "Originating",
                2000 + random.nextInt(200_000));
        String all = String.join(";", message.recipients());
        String server = "EXCH0" + message.server();
        String partner = "EXCH0" + (3 - message.server());
        long at = random.nextInt(50);
        if (!inbound) {
            add(begin, at, message, server, "STOREDRIVER", "RECEIVE", all, "To", "", "04I: ", "");
            add(
                    begin,
                    at += 80,
                    message,
                    server,
                    "STOREDRIVER",
                    "SUBMIT",
                    all,
                    "",
                    "",
                    "MDB:" + message.network().substring(0, 18) + ", Mailbox:" + message.network() + ", Event:" + number
                            + ", MessageClass:IPM.Note, ClientType:MOMT",
                    "");
        }
        add(
                begin,
                at += 60 + random.nextInt(200),
                message,
                server,
                "SMTP",
                "HAREDIRECT",
                all,
                "",
                server + "\\Default " + server,
                "",
                "");
        add(
                begin,
                at += 20,
                message,
                server,
                "SMTP",
                "RECEIVE",
                all,
                "",
                server + "\\Default " + server,
                "08DD" + number + ";" + begin + ";0",
                "S:FirstForestHop=" + server + ".corp.example;S:FromEntity=" + (inbound ? "Internet" : "Hosted")
                        + ";S:ProxiedClientIPAddress=" + message.client() + ";S:DeliveryPriority=Normal");
        add(begin, at += 5, message, partner, "SMTP", "HARECEIVE", all, "", partner + "\\Default " + partner, "", "");
        add(
                begin,
                at += 50 + random.nextInt(500),
                message,
                server,
                "AGENT",
                "AGENTINFO",
                all,
                "",
                "",
                "CatContentConversion",
                "S:AMA=SUM|v=0|action=|error=|atch=0;S:CompCost=|ETR=0;S:DeliveryPriority=Normal");
        for (String recipient : message.recipients()) {
            boolean ours = recipient.endsWith("@rivercounty.example");
            long done = at + 300 + random.nextInt(4000);
            if (ours) {
                add(
                        begin,
                        done,
                        message,
                        server,
                        "STOREDRIVER",
                        "DELIVER",
                        recipient,
                        "",
                        "",
                        begin + ";ClientSubmitTime:",
                        "S:MailboxDatabaseName=DB" + random.nextInt(12) + ";S:Mailboxes=" + message.network()
                                + ";S:E2ELatency=" + done / 1000.0 + ";S:DeliveryPriority=Normal");
            } else {
                add(
                        begin,
                        done,
                        message,
                        server,
                        "SMTP",
                        random.nextInt(200) == 0 ? "FAIL" : "SENDEXTERNAL",
                        recipient,
                        "250 2.0.0 Ok: queued as 4F" + number,
                        "Outbound to Internet",
                        "08DD" + number + ";250 2.6.0 Queued mail for delivery;ClientSubmitTime:",
                        "S:E2ELatency=1.2;S:ToEntity=Unknown;S:IsSmtpResponseFromExternalServer=True");
            }
        }
        add(begin, at + 9000, message, partner, "SMTP", "HADISCARD", all, "", "", "", "");
    }

    private void add(
            Instant begin,
            long after,
            Message message,
            String server,
            String source,
            String event,
            String recipients,
            String status,
            String connector,
            String context,
            String custom) {
        Instant at = begin.plusMillis(after).truncatedTo(ChronoUnit.MILLIS);
        String time = at.toString().length() == 20 ? at.toString().replace("Z", ".000Z") : at.toString();
        String row = String.join(
                ",",
                time,
                message.client(),
                "gw" + (message.client().hashCode() & 15),
                "10.1.1." + server.charAt(5),
                server,
                quoted(context),
                connector,
                source,
                event,
                message.internal(),
                message.id(),
                message.network(),
                recipients,
                status,
                Integer.toString(message.bytes()),
                Integer.toString(recipients.split(";", -1).length),
                "",
                "",
                quoted(message.subject()),
                message.sender(),
                message.sender(),
                begin + ";SRV=" + server + ".corp.example:TOTAL-SUB=0.1|SA=0.1|MTSS-PEN=0.05",
                message.direction(),
                "",
                message.client(),
                "10.1.1." + server.charAt(5),
                custom,
                "Email",
                new UUID(random.nextLong(), random.nextLong()).toString(),
                "15.02.1544.011");
        pending.add(new Row(at, rows++, row + "\r\n"));
    }

    private List<String> recipients(boolean outbound) {
        int dice = random.nextInt(100);
        int count = dice < 85
                ? 1
                : dice < 95 ? 2 + random.nextInt(4) : dice < 99 ? 6 + random.nextInt(15) : 20 + random.nextInt(60);
        List<String> recipients = new ArrayList<>();
        while (recipients.size() < count) {
            String next = outbound && random.nextInt(4) > 0 ? outsider() : mailbox();
            if (!recipients.contains(next)) {
                recipients.add(next);
            }
        }
        return recipients;
    }

    /** Few write and are written to much, most little. */
    private int few(int of) {
        double share = random.nextDouble();
        return (int) (of * share * share * share);
    }

    private String mailbox() {
        return "user" + few(MAILBOXES) + "@rivercounty.example";
    }

    private String outsider() {
        int number = few(OUTSIDERS);
        return "person" + number + "@company" + number % 5000 + ".example";
    }

    private String subject() {
        StringBuilder subject = new StringBuilder(random.nextInt(3) == 0 ? "RE: " : "");
        int words = 2 + random.nextInt(6);
        for (int i = 0; i < words; i++) {
            subject.append(i == 0 ? "" : " ").append(WORDS[few(WORDS.length)]);
        }
        if (random.nextInt(4) == 0) {
            subject.append(", no. ").append(1_000_000 + random.nextInt(9_000_000));
        }
        return subject.toString();
    }

    private static String quoted(String text) {
        return text.indexOf(',') < 0 ? text : "\"" + text + "\"";
    }

    /** One synthetic message. */
    private record Message(
            String sender,
            List<String> recipients,
            String subject,
            String id,
            String network,
            int server,
            String internal,
            String client,
            String direction,
            int bytes) {}

    /** One row, in its place in time. */
    private record Row(Instant at, long number, String text) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
