package org.mailtrace.standins.flows;

/**
 * One record of one system about one address.
 *
 * @param system the source's name
 * @param event the story's word for what happened
 * @param at seconds of the epoch by that system's own clock, which may be wrong
 * @param visibleAt seconds of the epoch from which the source shows it
 */
public record Seen(String system, String address, String event, long at, long visibleAt) {
    /** Whether the source shows it by then. */
    public boolean isVisibleAt(long now) {
        return visibleAt <= now;
    }
}
