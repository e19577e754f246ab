package org.mailtrace.gateway.describe;

import java.util.List;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The operations of a description. */
final class Operations {
    /** One operation, and where it is. */
    record Described(String path, PathItem.HttpMethod method, Operation operation) {
        String id() {
            return operation.getOperationId();
        }

        List<Parameter> parameters() {
            return operation.getParameters() == null ? List.of() : operation.getParameters();
        }

        boolean has(Parameter.In place) {
            return parameters().stream().anyMatch(parameter -> parameter.getIn() == place);
        }

        boolean hasBody() {
            return operation.getRequestBody() != null;
        }
    }

    private Operations() {}

    static List<Described> of(OpenAPI openApi) {
        return openApi.getPaths().getPathItems().entrySet().stream()
                .flatMap(path -> path.getValue().getOperations().entrySet().stream()
                        .map(entry -> new Described(path.getKey(), entry.getKey(), entry.getValue())))
                .toList();
    }
}
