package org.mailtrace.standins.shell;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How one server is set up.
 *
 * @param user the account that is let in
 * @param password its password
 * @param maxShells how many shells it may have open; one that was not deleted counts
 * @param fragment how many bytes of a message one fragment holds
 * @param zone the server's zone if it sends times without one; else it sends them in UTC
 * @param offersCmdlet whether the account holds the Message Tracking role
 */
public record ShellRules(
        String user, String password, int maxShells, int fragment, Optional<ZoneId> zone, boolean offersCmdlet) {
    /** Exchange's own limit and a fragment size that lets most objects through whole. */
    public static ShellRules of(String user, String password) {
        return new ShellRules(user, password, 18, 32_000, Optional.empty(), true);
    }

    /**
     * How it feels at the moment.
     *
     * @param cmdletTakes how long the cmdlet works before its first row
     * @param overloaded whether the user's load quota is spent
     */
    public record Mood(Duration cmdletTakes, boolean overloaded) {
        /** As it should be. */
        public static final Mood WELL = new Mood(Duration.ZERO, false);
    }
}
