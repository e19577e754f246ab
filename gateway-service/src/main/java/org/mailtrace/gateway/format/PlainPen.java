package org.mailtrace.gateway.format;

/** Plain text. */
final class PlainPen implements Pen {
    private final StringBuilder note = new StringBuilder();

    @Override
    public void title(String text) {
        if (!note.isEmpty()) {
            note.append('\n');
        }
        note.append(Pen.oneLine(text)).append("\n\n");
    }

    @Override
    public void heading(String text) {
        note.append('\n').append(Pen.oneLine(text)).append(":\n");
    }

    @Override
    public void item(String text) {
        note.append("- ").append(Pen.oneLine(text)).append('\n');
    }

    @Override
    public void subItem(String text) {
        note.append("    - ").append(Pen.oneLine(text)).append('\n');
    }

    @Override
    public String text() {
        return note.toString();
    }
}
