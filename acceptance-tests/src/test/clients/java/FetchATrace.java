import client.ApiClient;
import client.api.TracesApi;
import client.model.Trace;
import client.model.TraceAnswer;
import java.util.List;

/** What a user of the generated client writes: asks, and looks the first trace up again. */
final class FetchATrace {
    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv("MAILTRACE_URL"));
        client.setRequestInterceptor(
                request -> request.header("Authorization", "Bearer " + System.getenv("MAILTRACE_TOKEN")));
        TracesApi traces = new TracesApi(client);
        TraceAnswer found = traces.searchTraces(
                null,
                null,
                "offers@shop.example",
                List.of("ana@rivercounty.example", "ben@rivercounty.example"),
                null, null, null, null, null, null, 10, null, null, null, null, null);
        Trace trace = traces.getTrace(found.getTraces().getFirst().getId(), null, null).getTraces().getFirst();
        System.out.println("subject=" + trace.getSubject());
        System.out.println("outcome=" + trace.getRecipients().getFirst().getOutcome());
        System.out.println("events=" + trace.getEvents().size());
    }
}
