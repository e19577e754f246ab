package org.mailtrace.gateway.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;

/** How things stand in the store. */
@ApplicationScoped
public class StoredJson {
    private final ObjectMapper json;

    public StoredJson(ObjectMapper json) {
        this.json = json;
    }

    /** As it is stored. */
    public String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a value cannot be written", e);
        }
    }

    /** As it was stored. */
    public <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a value in the store cannot be read", e);
        }
    }

    /** As it was stored, for a list. */
    public <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a value in the store cannot be read", e);
        }
    }
}
