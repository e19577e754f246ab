package org.mailtrace.gateway.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** How an operation is called with cURL, at the end of its description: people paste it, and n8n imports it. */
final class CurlLine {
    private static final String DEMONSTRATION = "http://localhost:8080";

    private CurlLine() {}

    static void of(Operations.Described described) {
        String words = described.operation().getDescription();
        described.operation().setDescription(words.strip() + "\n\nWith cURL: `" + line(described) + "`");
    }

    private static String line(Operations.Described described) {
        String query = described.parameters().stream()
                .filter(parameter -> parameter.getIn() == Parameter.In.QUERY && parameter.getExample() != null)
                .map(parameter -> parameter.getName() + "=" + encoded(parameter))
                .collect(Collectors.joining("&"));
        StringBuilder line = new StringBuilder("curl");
        if (described.method() != HttpMethod.GET && described.method() != HttpMethod.POST) {
            line.append(" -X ").append(described.method());
        }
        line.append(" '").append(DEMONSTRATION).append(path(described));
        line.append(query.isEmpty() ? "" : "?" + query).append("' -H \"Authorization: Bearer $TOKEN\"");
        described.parameters().stream()
                .filter(parameter -> parameter.getIn() == Parameter.In.HEADER && parameter.getExample() != null)
                .forEach(header -> line.append(" -H '%s: %s'".formatted(header.getName(), header.getExample())));
        if (described.hasBody()) {
            line.append(" -H 'Content-Type: application/json' -d '")
                    .append(body(described).replace("'", "'\\''"))
                    .append("'");
        } else if (described.method() == HttpMethod.POST) {
            line.append(" -X POST");
        }
        return line.toString();
    }

    /** Braces would be read by cURL. */
    private static String path(Operations.Described described) {
        return Pattern.compile("\\{([^}]+)}")
                .matcher(described.path())
                .replaceAll(name -> name.group(1).toUpperCase(Locale.ROOT));
    }

    private static String encoded(Parameter parameter) {
        Object example = parameter.getExample();
        String text = example instanceof List<?> values
                ? values.stream().map(Object::toString).collect(Collectors.joining(","))
                : example.toString();
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%40", "@")
                .replace("%2C", ",");
    }

    private static String body(Operations.Described described) {
        try {
            return new ObjectMapper()
                    .writeValueAsString(described
                            .operation()
                            .getRequestBody()
                            .getContent()
                            .getMediaType("application/json")
                            .getExample());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
