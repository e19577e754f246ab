package org.mailtrace.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Addresses, subjects and ids that occur in the rows; what is asked for is drawn from them. */
final class Samples {
    private static final int RECIPIENT = 12;
    private static final int ENOUGH = 4000;

    private final Random random = new Random(7);
    private final List<String> recipients = new ArrayList<>();
    private final List<String> senders = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private Instant last = Instant.EPOCH;
    private Instant end = Instant.EPOCH;

    /** Looks at a row; addresses and subjects are taken from the newest tenth, ids from everywhere. */
    void see(String row, long number, long of) {
        boolean recent = number > of * 0.9;
        if (random.nextInt(recent ? 20 : 200) != 0) {
            return;
        }
        List<String> cells = cells(row);
        if (cells.size() < 20 || cells.get(RECIPIENT).isEmpty()) {
            return;
        }
        Instant at = Instant.parse(cells.get(0));
        last = at.isAfter(last) ? at : last;
        keep(ids, cells.get(10));
        if (recent) {
            String[] all = cells.get(RECIPIENT).split(";", -1);
            keep(recipients, all[random.nextInt(all.length)]);
            keep(senders, cells.get(19));
            keep(subjects, cells.get(18));
        }
    }

    Instant last() {
        return last;
    }

    /** Sets where every window of a question ends. */
    void end(Instant instant) {
        end = instant;
    }

    Instant end() {
        return end;
    }

    String recipient(Random of) {
        return recipients.get(of.nextInt(recipients.size()));
    }

    String sender(Random of) {
        return senders.get(of.nextInt(senders.size()));
    }

    String id(Random of) {
        return ids.get(of.nextInt(ids.size()));
    }

    /** A word, the inside of a word, the end of a subject, or something that no subject holds. */
    String subject(Random of) {
        String subject = subjects.get(of.nextInt(subjects.size()));
        String[] words = subject.split(" ", -1);
        String word = words[of.nextInt(words.length)];
        int kind = of.nextInt(10);
        String text = kind < 6
                ? word
                : kind < 8 && word.length() > 5
                        ? word.substring(1, word.length() - 1)
                        : kind < 9 ? "qxqxq" : subject.substring(Math.max(0, subject.length() - 12));
        return text.strip().length() < 3 ? subject : text.strip();
    }

    private void keep(List<String> list, String value) {
        if (list.size() < ENOUGH) {
            list.add(value);
        } else {
            list.set(random.nextInt(ENOUGH), value);
        }
    }

    static List<String> cells(String row) {
        List<String> cells = new ArrayList<>(30);
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
