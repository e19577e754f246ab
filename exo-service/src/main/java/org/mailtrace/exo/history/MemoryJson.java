package org.mailtrace.exo.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;

/** How a memory stands in the store. */
@ApplicationScoped
@RegisterForReflection(targets = Memory.class)
class MemoryJson {
    private final ObjectMapper json;

    MemoryJson(ObjectMapper json) {
        this.json = json;
    }

    String write(Memory memory) {
        try {
            return json.writeValueAsString(memory);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the memory of a search cannot be written", e);
        }
    }

    Memory read(String text) {
        try {
            return json.readValue(text, Memory.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the memory of a search cannot be read", e);
        }
    }
}
