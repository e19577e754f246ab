package org.mailtrace.gateway.format;

/** Writes a note; each kind knows how to keep text that others wrote from becoming anything but text. */
interface Pen {
    void title(String text);

    void heading(String text);

    void item(String text);

    void subItem(String text);

    /** Everything written so far. */
    String text();

    /** One line: line ends and other control characters of foreign text would forge lines of the note. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || isLineEnd(c) || isDirection(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    private static boolean isLineEnd(int c) {
        return c == '\u2028' || c == '\u2029';
    }

    /** Marks that turn the direction of what follows, so that a reader sees something else than what is there. */
    private static boolean isDirection(int c) {
        return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    }
}
