package org.mailtrace.onprem.live.clixml;

/**
 * Characters that XML cannot carry are written as {@code _xHHHH_} (MS-PSRP 2.2.5.3.2); a text that looks like such an
 * escape has its underscore escaped.
 */
final class ClixmlText {
    private static final int ESCAPE_LENGTH = 7;

    private ClixmlText() {}

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean looksEscaped =
                    c == '_' && i + 1 < text.length() && Character.toLowerCase(text.charAt(i + 1)) == 'x';
            if (looksEscaped || Character.isISOControl(c) || Character.isSurrogate(c) || c >= '\uFFFE') {
                escaped.append(String.format("_x%04X_", (int) c));
            } else {
                switch (c) {
                    case '&' -> escaped.append("&amp;");
                    case '<' -> escaped.append("&lt;");
                    case '>' -> escaped.append("&gt;");
                    case '"' -> escaped.append("&quot;");
                    default -> escaped.append(c);
                }
            }
        }
        return escaped.toString();
    }

    static String unescaped(String text) {
        if (!text.contains("_x")) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int code = text.startsWith("_x", i) ? code(text, i) : -1;
            if (code >= 0) {
                plain.append((char) code);
                i += ESCAPE_LENGTH;
            } else {
                plain.append(text.charAt(i));
                i++;
            }
        }
        return plain.toString();
    }

    private static int code(String text, int at) {
        if (at + ESCAPE_LENGTH > text.length() || text.charAt(at + ESCAPE_LENGTH - 1) != '_') {
            return -1;
        }
        int code = 0;
        for (int i = at + 2; i < at + ESCAPE_LENGTH - 1; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }
}
