package org.mailtrace.onprem.record;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The columns of a file, as its {@code #Fields} line names them. The order differs between versions: a reader by
 * position shifts every later column as soon as one is added.
 *
 * @param names column names in lower case
 */
public record Fields(List<String> names) {
    private static final String PREFIX = "#Fields:";

    private static final String V2007 = "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,"
            + "connector-id,source,event-id,internal-message-id,message-id,recipient-address,recipient-status,"
            + "total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,"
            + "return-path,message-info";
    private static final String V2010 =
            V2007 + ",directionality,tenant-id,original-client-ip,original-server-ip,custom-data";
    private static final String V2013 = V2010.replace(",message-id,", ",message-id,network-message-id,");
    private static final String V2016 = V2013 + ",transport-traffic-type,log-id,schema-version";

    public Fields {
        names = List.copyOf(names);
    }

    /** Reads a header line; empty if it names no columns. */
    public static Optional<Fields> ofHeader(String line) {
        return line.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                ? ofList(line.substring(PREFIX.length()))
                : Optional.empty();
    }

    /**
     * The columns for files without a header: an Exchange version ({@code 2007}, {@code 2010}, {@code 2013},
     * {@code 2016}, {@code 2019}) or the columns themselves, separated by commas.
     */
    public static Optional<Fields> ofSetting(String setting) {
        return switch (setting.strip()) {
            case "2007" -> ofList(V2007);
            case "2010" -> ofList(V2010);
            case "2013" -> ofList(V2013);
            case "2016", "2019" -> ofList(V2016);
            default -> ofList(setting);
        };
    }

    private static Optional<Fields> ofList(String list) {
        List<String> names = Arrays.stream(list.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        return names.contains("date-time") && names.contains("event-id")
                ? Optional.of(new Fields(names))
                : Optional.empty();
    }

    /** The list as a setting or header holds it. */
    public String list() {
        return String.join(",", names);
    }
}
