package org.mailtrace.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Sets the one object mapper of a service to the contract's JSON rules. */
@Singleton
public class JsonRules implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        mapper.setDefaultPropertyInclusion(
                JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS));
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.registerModule(new SimpleModule("mailtrace-instants")
                .addSerializer(new MilliInstantSerializer())
                .addDeserializer(Instant.class, new QuickInstantDeserializer()));
    }

    /** Last of all customizers, so that no other module's instants win over ours. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    /** Exactly three fraction digits: some callers compare instants as text. */
    private static final class MilliInstantSerializer extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        MilliInstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(InstantText.millis(instant));
        }
    }

    /** Rows are full of instants, and all of them are written alike; whatever is written otherwise is read as ever. */
    private static final class QuickInstantDeserializer extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        QuickInstantDeserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.hasToken(JsonToken.VALUE_STRING)) {
                Optional<Instant> plain = InstantText.plain(json.getText());
                if (plain.isPresent()) {
                    return plain.get();
                }
            }
            return InstantDeserializer.INSTANT.deserialize(json, context);
        }
    }
}
