package org.mailtrace.proofpoint.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.NameValue;
import org.mailtrace.proofpoint.vendor.VendorDates;

/**
 * What the filter logged of one message, or of the part that was split off it, in the columns of Smart Search's REST
 * answer: all values are text, a list is joined by commas. Records of the log stream are told in the same columns, so
 * that one decision table judges both.
 */
public record MessageRow(Map<String, String> columns) {
    /** The filter's word for sending a message elsewhere. */
    public static final String REDIRECT = "redirect";

    public static final String BY_QUEUE_ID = "qid:";
    public static final String BY_MESSAGE_ID = "mid:";

    /** A GUID: what Message_Split carries in other releases, such as a flag or a number, is none. */
    private static final Pattern GUID = Pattern.compile("(?=.*\\D)[A-Za-z0-9_-]{8,128}");

    private static final Pattern IN_BRACKETS = Pattern.compile("<([^<>\\s]+@[^<>\\s]+)>\\s*$");
    private static final Pattern BARE_ADDRESS = Pattern.compile("[^\\s<>,;\"]+@[^\\s<>,;\"]+");

    private static final String LOG = "SendmailRaw_Log";
    private static final List<String> HAND_OVER =
            List.of(LOG, "Sendmail_Action", "Sendmail_To", "Sendmail_Stat", "Sendmail_To_Stat", "Sendmail_Errorcode");

    public MessageRow {
        columns = Map.copyOf(columns);
    }

    public static MessageRow of(JsonNode row) {
        Map<String, String> columns = new TreeMap<>();
        row.properties().forEach(column -> columns.put(column.getKey(), text(column.getValue())));
        return new MessageRow(columns);
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(","))
                : value.isNull() ? "" : value.asText();
    }

    /** A column's text; empty if the row has none. */
    public Optional<String> column(String name) {
        return Optional.ofNullable(columns.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** This row, and where it says nothing what another row of the same message says. */
    public MessageRow completedBy(MessageRow other) {
        Map<String, String> both = new TreeMap<>(other.columns);
        both.putAll(columns);
        return new MessageRow(both);
    }

    /** This row, with what another one says about the hand-over in the place of its own, where that says anything. */
    public MessageRow settledBy(MessageRow other) {
        if (!other.tellsHandOver()) {
            return completedBy(other);
        }
        Map<String, String> both = new TreeMap<>(completedBy(other).columns);
        both.keySet().removeAll(HAND_OVER);
        HAND_OVER.forEach(name -> other.column(name).ifPresent(text -> both.put(name, text)));
        if (other.column(LOG).isPresent()) {
            both.put(LOG, lines(this, other));
        }
        return new MessageRow(both);
    }

    /** Whether the row says anything about the hand-over. */
    public boolean tellsHandOver() {
        return Stream.of(LOG, "Sendmail_Stat", "Sendmail_To_Stat")
                .anyMatch(name -> column(name).isPresent());
    }

    /** The lines of both, each once and in the order of their times. */
    private static String lines(MessageRow one, MessageRow other) {
        return Stream.of(one, other)
                .flatMap(row -> row.column(LOG).stream())
                .flatMap(String::lines)
                .distinct()
                .sorted(Comparator.comparing(line ->
                        VendorDates.parse(line.strip().split("\\s", 2)[0]).orElse(Instant.MIN)))
                .collect(Collectors.joining("\n"));
    }

    /** The vendor's key of the message: its GUID, else its queue id, else its Message-ID. */
    public Optional<String> key() {
        return column("GUID")
                .or(() -> column("QID").map(qid -> BY_QUEUE_ID + qid))
                .or(() -> messageId().map(id -> BY_MESSAGE_ID + id));
    }

    /** The GUID of the message that this one was split from; empty if it was not, or the row does not say. */
    public Optional<String> parent() {
        return column("Orig_GUID")
                .or(() -> column("Message_Split"))
                .filter(guid -> GUID.matcher(guid).matches())
                .filter(guid -> column("GUID").filter(guid::equals).isEmpty());
    }

    /** The key that all parts of one message share: its own, or that of the message it was split from. */
    public Optional<String> familyKey() {
        return parent().or(this::key);
    }

    /** Whether the row says that it is only a part of its message. */
    public boolean isSplit() {
        return column("Orig_GUID")
                .or(() -> column("Message_Split"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !Set.of("0", "f", "false", "n", "no").contains(word))
                .isPresent();
    }

    /** Whether it is a part of a message that it does not name, so that its other parts cannot be told from other messages. */
    public boolean isSplitFromUnknown() {
        boolean namesItself = column("GUID").equals(column("Orig_GUID").or(() -> column("Message_Split")));
        return isSplit() && !namesItself && parent().isEmpty();
    }

    /** The subject as its reader sees it. */
    public Optional<String> subject() {
        return column("Subject").map(EncodedWords::decode);
    }

    /** The From header as its reader sees it. */
    public Optional<String> headerFrom() {
        return column("Header_From").map(EncodedWords::decode);
    }

    /** The address in the From header; empty if the row does not say it, or there are several. */
    public Optional<String> fromAddress() {
        return column("Header_From_Address")
                .map(MessageRow::bare)
                .filter(address -> BARE_ADDRESS.matcher(address).matches())
                .or(() -> column("Header_From").flatMap(MessageRow::addressIn));
    }

    private static Optional<String> addressIn(String header) {
        Matcher bracketed = IN_BRACKETS.matcher(header);
        return bracketed.find()
                ? Optional.of(bracketed.group(1))
                : Optional.of(header.strip())
                        .filter(text -> BARE_ADDRESS.matcher(text).matches());
    }

    /** When the filter saw it, UTC; empty if the row has no readable date. */
    public Optional<Instant> date() {
        return column("Date").flatMap(VendorDates::parse);
    }

    /** Whether there is a date and it does not say its zone. */
    public boolean isDateWithoutZone() {
        return column("Date")
                .filter(date -> VendorDates.parse(date).isPresent() && !VendorDates.namesZone(date))
                .isPresent();
    }

    /** Envelope sender; {@code <>} for the null sender. */
    public String sender() {
        return column("Sender")
                .map(MessageRow::bare)
                .filter(text -> !text.isEmpty())
                .orElse("<>");
    }

    /** Envelope recipients, each once. */
    public List<String> recipients() {
        return addresses("Recipients");
    }

    /** Addresses of a column, in their order and without angle brackets. */
    public List<String> addresses(String column) {
        return column(column).stream()
                .flatMap(text -> Arrays.stream(text.split("[,;\\s]+")))
                .map(MessageRow::bare)
                .filter(address -> !address.isEmpty())
                .distinct()
                .toList();
    }

    /** Whether a rule sent it elsewhere than to its recipients. */
    public boolean isRedirected() {
        return column("Final_Action").filter(REDIRECT::equalsIgnoreCase).isPresent();
    }

    /** The Message-ID header with its brackets. */
    public Optional<String> messageId() {
        return column("Message_ID").flatMap(MailId::messageId);
    }

    /** The words of a comma-separated column, in lower case. */
    public List<String> words(String column) {
        return column(column).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** These columns as they came, those without text left out. */
    public List<NameValue> raw(List<String> names) {
        return names.stream()
                .flatMap(name -> column(name).map(value -> new NameValue(name, value)).stream())
                .toList();
    }

    private static String bare(String address) {
        String text = address.strip();
        return text.startsWith("<") && text.endsWith(">") && text.length() > 1
                ? text.substring(1, text.length() - 1).strip()
                : text;
    }
}
