package org.mailtrace.standins.onprem;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mailtrace.standins.story.Organisation;
import org.mailtrace.standins.story.StoryBook;

/** What the rows say about the organisation's servers. */
@ApplicationScoped
class Servers {
    private static final String VERSION = "15.02.1544.011";
    private static final int FIRST_HOST = 11;

    private final Organisation organisation;

    Servers(StoryBook book) {
        this.organisation = book.organisation();
    }

    List<String> names() {
        return organisation.servers();
    }

    Organisation organisation() {
        return organisation;
    }

    String host(String server) {
        return organisation.hostOf(server);
    }

    /** An address outside the demo's device range. */
    String ip(String server) {
        return "10.10.0." + (FIRST_HOST + organisation.servers().indexOf(server));
    }

    /** The server with that address. */
    Optional<String> at(String ip) {
        return names().stream().filter(server -> ip(server).equals(ip)).findFirst();
    }

    /** What the hybrid set-up names its connector by. */
    String cloudConnector() {
        byte[] name = organisation.primaryDomain().getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString();
    }

    String version() {
        return VERSION;
    }

    /** The server that keeps shadow copies for this one. */
    Optional<String> partner(String server) {
        return organisation.servers().stream()
                .filter(other -> !other.equals(server))
                .findFirst();
    }
}
