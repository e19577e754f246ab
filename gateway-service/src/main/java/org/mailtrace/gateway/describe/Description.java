package org.mailtrace.gateway.describe;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.OpenApiFilter.RunStage;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/**
 * Completes what the resources' annotations say, by rules that hold for every operation: an operation that is added later
 * is described like the others. Done while the application is built, so that nothing is left to do when it starts.
 */
@OpenApiFilter(stages = RunStage.BUILD)
public class Description implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI openApi) {
        PlainShapes.in(openApi);
        Operations.of(openApi).forEach(operation -> {
            Refusals.of(operation);
            Examples.of(operation);
            CurlLine.of(operation);
        });
    }
}
