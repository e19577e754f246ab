package org.mailtrace.gateway.format;

/** CommonMark; every character that could begin mark-up stands behind a backslash. */
final class MarkdownPen implements Pen {
    private static final String MARKS = "\\`*_{}[]<>()#+-!|~&$^=\"'";
    private final StringBuilder note = new StringBuilder();

    @Override
    public void title(String text) {
        if (!note.isEmpty()) {
            note.append('\n');
        }
        note.append("## ").append(escaped(text)).append("\n\n");
    }

    @Override
    public void heading(String text) {
        note.append("\n### ").append(escaped(text)).append("\n\n");
    }

    @Override
    public void item(String text) {
        note.append("* ").append(escaped(text)).append('\n');
    }

    @Override
    public void subItem(String text) {
        note.append("    * ").append(escaped(text)).append('\n');
    }

    @Override
    public String text() {
        return note.toString();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        Pen.oneLine(text).chars().forEach(c -> {
            if (MARKS.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append((char) c);
        });
        // A link that only begins like an address is no mark-up in CommonMark, but most renderers make one of it.
        return escaped.toString()
                .replace("://", ":\\/\\/")
                .replace("www.", "www\\.")
                .replace("@", "\\@");
    }
}
