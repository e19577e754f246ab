package org.mailtrace.gateway.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The document that {@code /q/openapi} serves, every filter applied. */
@ApplicationScoped
class ServedDescription {
    private final OpenApiDocumentService documents;

    ServedDescription(OpenApiDocumentService documents) {
        this.documents = documents;
    }

    JsonNode document(ObjectMapper json) {
        try {
            return json.readTree(documents.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
