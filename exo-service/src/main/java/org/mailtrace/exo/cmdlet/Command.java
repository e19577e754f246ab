package org.mailtrace.exo.cmdlet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.SearchText;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.http.guard.SourceFailure;

/**
 * A cmdlet with its parameters. What callers type only ever becomes a JSON string: nothing here writes a command line,
 * so nothing in it can be run.
 *
 * @param name such as {@code Get-MessageTraceV2}
 * @param parameters texts, lists of texts, numbers, flags and instants by name
 */
record Command(String name, Map<String, Object> parameters) {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z]{1,30}-[A-Z][A-Za-z0-9]{1,60}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Z][A-Za-z0-9]{1,60}");

    Command {
        if (!NAME.matcher(name).matches()
                || !parameters.keySet().stream()
                        .allMatch(key -> PARAMETER.matcher(key).matches())) {
            throw new IllegalArgumentException("no cmdlet or no parameter of one");
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        parameters.forEach((key, value) -> plain.put(key, plain(value)));
        parameters = plain;
    }

    /** Whether it changes nothing, so that it may be sent again. */
    boolean onlyReads() {
        return name.startsWith("Get-");
    }

    /** The body of the request. */
    String json(ObjectMapper json) {
        try {
            return json.writeValueAsString(Map.of("CmdletInput", Map.of("CmdletName", name, "Parameters", parameters)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("parameters are plain values", e);
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Instant instant ->
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
            case Collection<?> several -> several.stream().map(Command::plain).toList();
            case Integer number -> number;
            case Boolean flag -> flag;
            case String text when SearchText.isSafe(text) -> text;
            case String text -> throw new SourceFailure(SourceState.CANNOT_ANSWER, InterfaceWords.CMDLET_REFUSED);
            default -> throw new IllegalArgumentException("a parameter is a text, number, flag, instant or list");
        };
    }
}
