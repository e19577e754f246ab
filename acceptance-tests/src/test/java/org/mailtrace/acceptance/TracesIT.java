package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.mailtrace.acceptance.Collector.Exported;

@ExtendWith(RunningMailtrace.class)
@ResourceLock(value = RunningMailtrace.IT, mode = ResourceAccessMode.READ)
class TracesIT {
    private static final String CALLER = "00f067aa0ba902b7";
    private static final List<String> CANARIES =
            List.of("@rivercounty.example", "%40rivercounty.example", "contoso.example", "Bearer ");

    @Test
    void aQuestionIsOneTraceFromItsCallerThroughTheGatewayAndTheSourcesToTheVendor() {
        // given
        String trace = UUID.randomUUID().toString().replace("-", "");

        // when
        Gateway.as("helpdesk")
                .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
                .get(Gateway.URL + "/traces?recipient=ana@rivercounty.example");

        // then
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            List<Exported> spans = Collector.trace(trace);
            Exported gateway = spans.stream()
                    .filter(span -> span.kind() == SpanKind.SPAN_KIND_SERVER
                            && span.parent().equals(CALLER))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no span of the gateway in " + spans));
            assertThat(gateway.service()).isEqualTo("mailtrace-gateway");
            assertThat(gateway.name()).isEqualTo("GET /traces");
            for (String source : List.of("mailtrace-proofpoint", "onprem-exchange", "mailtrace-exo")) {
                assertThat(below(gateway, spans)
                                .filter(call -> call.kind() == SpanKind.SPAN_KIND_CLIENT)
                                .flatMap(call -> below(call, spans))
                                .filter(span -> span.service().equals(source)))
                        .as("%s in %s", source, spans)
                        .isNotEmpty()
                        .allMatch(span -> span.kind() == SpanKind.SPAN_KIND_SERVER);
            }
            assertThat(spans)
                    .filteredOn(span -> span.name().equals("GET Microsoft"))
                    .isNotEmpty()
                    .allMatch(span -> span.kind() == SpanKind.SPAN_KIND_CLIENT)
                    .allMatch(span -> spans.stream()
                            .anyMatch(server -> server.service().equals("mailtrace-exo")
                                    && server.kind() == SpanKind.SPAN_KIND_SERVER
                                    && span.isBelow(server)));
        });
        assertThat(Collector.exporters())
                .as("by gRPC, which is the default")
                .contains(
                        "grpc mailtrace-gateway",
                        "grpc mailtrace-proofpoint",
                        "grpc onprem-exchange",
                        "grpc mailtrace-exo");
        assertThat(Collector.texts())
                .as("whatever was exported during all tests so far")
                .isNotEmpty()
                .noneMatch(text -> CANARIES.stream().anyMatch(text::contains));
    }

    private static Stream<Exported> below(Exported parent, List<Exported> spans) {
        return spans.stream().filter(span -> span.isBelow(parent));
    }
}
