package org.mailtrace.standins.onprem;

/** The Exchange service that wrote a row; each has files of its own. */
enum Writer {
    TRANSPORT("MSGTRK"),
    MAILBOX_DELIVERY("MSGTRKMD"),
    MAILBOX_SUBMISSION("MSGTRKMS");

    private final String prefix;

    Writer(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }
}
