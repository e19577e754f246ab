package org.mailtrace.testkit;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Hears all log lines, from DEBUG up for our own classes, while it is open. */
public final class Logged extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");
    private static final Logger OURS = Logger.getLogger("org.mailtrace");

    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

    /**
     * One line.
     *
     * @param text all that can be read in it, with its exceptions' messages
     * @param facts what stands beside the message, as the request's id
     */
    public record Line(String logger, String text, Map<String, String> facts) {}

    /** Begins to listen. */
    public static Logged listen() {
        Logged logged = new Logged();
        logged.setLevel(Level.ALL);
        OURS.setLevel(Level.FINE);
        ROOT.addHandler(logged);
        return logged;
    }

    /** The lines of our own classes so far. */
    public List<Line> ours() {
        return lines.stream()
                .filter(line -> line.logger().startsWith(OURS.getName()))
                .toList();
    }

    /** All lines so far, without those that libraries write below INFO. */
    public List<Line> all() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord message) {
        ExtLogRecord line = ExtLogRecord.wrap(message);
        String thrown = Stream.iterate(message.getThrown(), cause -> cause != null, Throwable::getCause)
                .map(Throwable::toString)
                .reduce("", (one, other) -> one + " " + other);
        lines.add(new Line(
                String.valueOf(message.getLoggerName()), MESSAGE.format(line) + thrown, Map.copyOf(line.getMdcCopy())));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
        OURS.setLevel(null);
    }
}
