package org.mailtrace.gateway.describe;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.mailtrace.contract.Problem;

/** How an operation refuses. What its own annotations say of a status stays; whatever every operation does is added. */
final class Refusals {
    private static final String RETRY_AFTER = "Retry-After";
    private static final String CHALLENGE = "WWW-Authenticate";

    /** What is said of secured operations before this is. */
    private static final Set<String> EMPTY_WORDS = Set.of("Not Authorized", "Not Allowed");

    private static final Map<String, Supplier<Header>> HEADERS = Map.of(
            RETRY_AFTER, () -> header("Seconds to wait.", SchemaType.INTEGER),
            CHALLENGE, () -> header("The scheme Bearer, and what is wrong with the token.", SchemaType.STRING));

    private Refusals() {}

    static void of(Operations.Described described) {
        boolean body = described.hasBody();
        refuses(described, "400", "The request has faults; faults lists all of them. Mend them and ask again.");
        refuses(described, "401", "There is no access token, or it is not valid here.", CHALLENGE);
        refuses(described, "403", "The access token lacks the role that this needs.", CHALLENGE);
        if (described.has(Parameter.In.PATH)) {
            refuses(described, "404", "There is nothing under this id.");
        }
        refuses(described, "406", "None of the accepted media types is available here.");
        if (body) {
            refuses(described, "413", "The body is larger than 64 KB.");
            refuses(described, "415", "The body is not application/json.");
        }
        refuses(described, "429", "Too many requests of this caller; go on after Retry-After.", RETRY_AFTER);
        refuses(
                described,
                "500",
                "Mailtrace failed. Ask again; if it fails again, tell the administrator the instance.");
        refuses(
                described,
                "503",
                "Nobody could look, the token could not be checked, or too much is under way; ask again after Retry-After.",
                RETRY_AFTER);
        APIResponses responses = described.operation().getResponses();
        responses.setAPIResponses(new TreeMap<>(responses.getAPIResponses()));
    }

    private static void refuses(Operations.Described described, String status, String words, String... headers) {
        APIResponses responses = described.operation().getResponses();
        APIResponse response = responses.getAPIResponse(status);
        if (response == null) {
            response = OASFactory.createAPIResponse();
            responses.addAPIResponse(status, response);
        }
        if (response.getDescription() == null || EMPTY_WORDS.contains(response.getDescription())) {
            response.setDescription(words);
        }
        response.setContent(OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("Problem"))));
        for (String header : headers) {
            response.addHeader(header, HEADERS.get(header).get());
        }
    }

    private static Header header(String description, SchemaType type) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().type(List.of(type)));
    }
}
