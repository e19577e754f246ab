package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The two interfaces of Exchange Online, as a test meets them. All rows are synthetic. */
enum Interface {
    GRAPH("/v1.0/admin/exchange/tracing/messageTraces") {
        @Override
        MappingBuilder request() {
            return get(urlPathEqualTo(path()));
        }

        @Override
        RequestPatternBuilder requested() {
            return getRequestedFor(urlPathEqualTo(path()));
        }

        @Override
        String row(String id, Instant received, String recipient, String size) {
            return "{\"id\":\"" + id + "\",\"senderAddress\":\"sam@contoso.example\",\"recipientAddress\":\""
                    + recipient
                    + "\",\"receivedDateTime\":\"" + received + "\",\"subject\":\"Report\",\"size\":" + size
                    + ",\"status\":\"delivered\"}";
        }
    },
    CMDLET("/adminapi/beta/" + Vendor.TENANT + "/InvokeCommand") {
        @Override
        MappingBuilder request() {
            return post(urlPathEqualTo(path()));
        }

        @Override
        RequestPatternBuilder requested() {
            return postRequestedFor(urlPathEqualTo(path()));
        }

        @Override
        String row(String id, Instant received, String recipient, String size) {
            return "{\"MessageTraceId@data.type\":\"System.Guid\",\"MessageTraceId\":\"" + id
                    + "\",\"SenderAddress\":\"sam@contoso.example\",\"RecipientAddress\":\"" + recipient
                    + "\",\"Received@data.type\":\"System.DateTime\",\"Received\":\"" + received
                    + "\",\"Subject\":\"Report\",\"Size\":" + size + ",\"Status\":\"Delivered\"}";
        }
    };

    private final String path;

    Interface(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    abstract MappingBuilder request();

    abstract RequestPatternBuilder requested();

    abstract String row(String id, Instant received, String recipient, String size);

    String row(String id, Instant received, String recipient) {
        return row(id, received, recipient, "4711");
    }

    /** A page; without a next one if that is empty. */
    static String page(String next, String... rows) {
        String link = next.isEmpty() ? "" : "\"@odata.nextLink\":\"" + next + "\",";
        return Stream.of(rows).collect(Collectors.joining(",", "{" + link + "\"value\":[", "]}"));
    }
}
