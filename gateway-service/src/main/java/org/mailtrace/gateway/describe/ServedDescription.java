package org.mailtrace.gateway.describe;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The document that {@code /q/openapi} serves, every filter applied, and the older ones that are made of it once. */
@ApplicationScoped
class ServedDescription {
    private final OpenApiDocumentService documents;
    private final ObjectMapper json;
    private volatile Older older;

    /** Both older versions. */
    record Older(OpenApi30 openApi30, OpenApi20 openApi20) {}

    ServedDescription(OpenApiDocumentService documents, ObjectMapper json) {
        this.documents = documents;
        this.json = json;
    }

    /** Made when first asked for; if two ask at the same moment, both make the same. */
    Older older() {
        Older made = older;
        if (made == null) {
            OpenApi30 openApi30 = openApi30();
            made = new Older(openApi30, new OpenApi20(openApi30.document()));
            older = made;
        }
        return made;
    }

    private OpenApi30 openApi30() {
        try {
            return new OpenApi30(
                    json.readTree(documents.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.JSON)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
