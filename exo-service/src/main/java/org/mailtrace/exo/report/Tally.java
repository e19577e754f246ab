package org.mailtrace.exo.report;

/**
 * What a report has read and spent.
 *
 * @param rows rows kept; a row that was read twice counts twice
 * @param details recipients whose events were read
 * @param further requests spent on events and members of groups
 * @param requests all requests of its steps; a step that was repeated after a kill counts once
 * @param unreadable rows that lacked an id, a recipient or a time
 */
record Tally(int pages, int rows, int details, int further, int requests, int unreadable) {
    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0);

    Tally page(int kept, int unread) {
        return new Tally(pages + 1, rows + kept, details, further, requests + 1, unreadable + unread);
    }

    Tally events() {
        return new Tally(pages, rows, details + 1, further + 1, requests + 1, unreadable);
    }

    Tally refusedEvents() {
        return new Tally(pages, rows, details, further + 1, requests + 1, unreadable);
    }

    Tally members(int kept) {
        return new Tally(pages, rows + kept, details, further + 1, requests + 1, unreadable);
    }

    Tally bit(int kept) {
        return new Tally(pages, rows + kept, details, further, requests + 1, unreadable);
    }

    Tally failed() {
        return new Tally(pages, rows, details, further, requests + 1, unreadable);
    }
}
