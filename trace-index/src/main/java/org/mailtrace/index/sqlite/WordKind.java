package org.mailtrace.index.sqlite;

/** What a word is to a message. The numbers stand in the file: never change one. */
enum WordKind {
    RECIPIENT(1),
    RECIPIENT_DOMAIN(2),
    SENDER(3),
    SENDER_DOMAIN(4),
    /** From header; counts only while the envelope sender is unknown. */
    AUTHOR(5),
    AUTHOR_DOMAIN(6);

    private final int number;

    WordKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
