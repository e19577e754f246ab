package org.mailtrace.exo.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Locale;

/**
 * Reads replies as JSON, strictly: a member that stands there twice could hide a list behind an empty one, text after
 * the end is no part of an answer, and a reply that does not call itself JSON comes from somebody in between. Depth and
 * length of numbers are bounded by Jackson's defaults.
 */
public final class JsonReplies {
    private final ObjectReader reader;

    public JsonReplies(ObjectMapper json) {
        this.reader = json.reader()
                .with(
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * The body.
     *
     * @throws IOException if it is no JSON
     */
    public JsonNode read(Reply reply) throws IOException {
        boolean otherwise = reply.header("Content-Type")
                .filter(type -> !type.toLowerCase(Locale.ROOT).contains("json"))
                .isPresent();
        if (otherwise) {
            throw new IOException("the reply is no JSON");
        }
        return reader.readTree(reply.body());
    }

    /** The body of a refusal, for what it says about the reason; missing if it cannot be read. */
    public JsonNode error(Reply reply) {
        return text(reply.body());
    }

    /** Text that may be JSON; missing if it is not. */
    public JsonNode text(String text) {
        try {
            return reader.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
