package org.mailtrace.onprem.record;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a file, as its {@code #Fields} line names them. The order differs between versions: a reader by
 * position shifts every later column as soon as one is added.
 */
public final class Fields {
    private static final String PREFIX = "#Fields:";

    private static final String V2007 = "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,"
            + "connector-id,source,event-id,internal-message-id,message-id,recipient-address,recipient-status,"
            + "total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,"
            + "return-path,message-info";
    private static final String V2010 =
            V2007 + ",directionality,tenant-id,original-client-ip,original-server-ip,custom-data";
    private static final String V2013 = V2010.replace(",message-id,", ",message-id,network-message-id,");
    private static final String V2016 = V2013 + ",transport-traffic-type,log-id,schema-version";

    /** Known lists by the version that brought them; files and bodies name the version instead of the list. */
    private static final Map<String, Fields> VERSIONS = Map.of(
            "2007", new Fields(names(V2007), "2007"),
            "2010", new Fields(names(V2010), "2010"),
            "2013", new Fields(names(V2013), "2013"),
            "2016", new Fields(names(V2016), "2016"));

    /** After a header that names no usable columns: no record can be read until the next header. */
    public static final Fields UNKNOWN = new Fields(List.of(), "-");

    private static final String DATE_TIME = "date-time";

    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();
    private final boolean timeFirst;
    private final String tag;

    /**
     * Columns in their order.
     *
     * @param names column names in lower case
     */
    public Fields(List<String> names) {
        this(names, String.join(",", names));
    }

    private Fields(List<String> names, String tag) {
        this.names = List.copyOf(names);
        this.tag = tag;
        for (int i = 0; i < names.size(); i++) {
            places.putIfAbsent(names.get(i), i);
        }
        timeFirst = !names.isEmpty() && names.getFirst().equals(DATE_TIME);
    }

    /** Column names in lower case, in their order. */
    public List<String> names() {
        return names;
    }

    /** Where the column stands; -1 if there is none of that name. */
    int place(String name) {
        Integer place = places.get(name);
        return place == null ? -1 : place;
    }

    /** Whether a record begins with its time, so that the beginning of one can be recognised. */
    public boolean isTimeFirst() {
        return timeFirst;
    }

    /**
     * Reads a header line; empty if it is another line than that of the columns, {@link #UNKNOWN} if it names columns
     * by which no record can be read.
     */
    public static Optional<Fields> ofHeader(String line) {
        return line.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                ? Optional.of(ofList(line.substring(PREFIX.length())).orElse(UNKNOWN))
                : Optional.empty();
    }

    /**
     * The columns for files without a header: an Exchange version ({@code 2007}, {@code 2010}, {@code 2013},
     * {@code 2016}, {@code 2019}) or the columns themselves, separated by commas.
     */
    public static Optional<Fields> ofSetting(String setting) {
        String name = setting.strip();
        return Optional.ofNullable(VERSIONS.get(name.equals("2019") ? "2016" : name))
                .or(() -> ofList(name));
    }

    /** The columns that a tag stands for; empty if it stands for none. */
    public static Optional<Fields> ofTag(String tag) {
        return tag.equals(UNKNOWN.tag) ? Optional.of(UNKNOWN) : ofSetting(tag);
    }

    private static Optional<Fields> ofList(String list) {
        List<String> names = names(list);
        return names.contains(DATE_TIME) && names.contains("event-id")
                ? Optional.of(VERSIONS.values().stream()
                        .filter(known -> known.names.equals(names))
                        .findFirst()
                        .orElseGet(() -> new Fields(names)))
                : Optional.empty();
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The list as a setting or header holds it. */
    public String list() {
        return String.join(",", names);
    }

    /** The shortest text that {@link #ofTag} reads back: a version where there is one. */
    public String tag() {
        return tag;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Fields fields && fields.names.equals(names));
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return tag;
    }
}
