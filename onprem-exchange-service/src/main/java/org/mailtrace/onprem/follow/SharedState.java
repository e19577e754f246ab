package org.mailtrace.onprem.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.index.Coverage;
import org.mailtrace.onprem.follow.ServerState.Gap;

/**
 * How a server's logs are read, as the replica that reads them writes it down for those that only answer. It is stored
 * after the rows that it speaks of, so nobody ever claims more than can be found.
 */
final class SharedState {
    /** Where it stands among the server's files: no file has such a name. */
    static final String STREAM = "//state";

    private static final ObjectMapper JSON = new ObjectMapper();

    private SharedState() {}

    static String written(ServerState state) {
        ObjectNode json = JSON.createObjectNode();
        json.put("circuit", state.circuit().name());
        state.failure().ifPresent(value -> json.put("failure", value));
        json.put("indexFailed", state.indexFailed());
        json.put("progress", state.progress().toString());
        json.put("busy", state.busy());
        state.readThrough().ifPresent(value -> json.put("readThrough", value.toString()));
        json.put("caughtUp", state.caughtUp());
        state.since().ifPresent(value -> json.put("since", value.toString()));
        state.newest().ifPresent(value -> json.put("newest", value.toString()));
        ArrayNode lanes = json.putArray("lanes");
        state.lanes()
                .forEach(lane -> lanes.addObject()
                        .put("lane", lane.lane())
                        .put("since", lane.since().toString())
                        .put("until", lane.until().toString()));
        state.lastSuccess().ifPresent(value -> json.put("lastSuccess", value.toString()));
        ArrayNode leftOut = json.putArray("leftOut");
        state.leftOut().forEach(leftOut::add);
        ArrayNode gaps = json.putArray("gaps");
        state.gaps()
                .forEach(gap -> gaps.addObject()
                        .put("file", gap.file())
                        .put("from", gap.from().toString())
                        .put("to", gap.to().toString()));
        json.put("late", state.late().toString());
        json.put("ahead", state.ahead().toString());
        json.put("unreadBytes", state.unreadBytes());
        json.put("rows", state.rows());
        state.setAside().ifPresent(value -> json.put("setAside", value));
        return json.toString();
    }

    /** What was written down; empty if nothing was, or by a program that said it in another way. */
    static Optional<ServerState> read(String server, String text) {
        try {
            JsonNode json = JSON.readTree(text);
            List<Coverage> lanes = new ArrayList<>();
            for (JsonNode lane : json.path("lanes")) {
                lanes.add(new Coverage(server, lane.path("lane").asText(), time(lane, "since"), time(lane, "until")));
            }
            List<String> leftOut = new ArrayList<>();
            json.path("leftOut").forEach(file -> leftOut.add(file.asText()));
            List<Gap> gaps = new ArrayList<>();
            for (JsonNode gap : json.path("gaps")) {
                gaps.add(new Gap(gap.path("file").asText(), time(gap, "from"), time(gap, "to")));
            }
            return Optional.of(new ServerState(
                    server,
                    CircuitState.valueOf(json.path("circuit").asText()),
                    Optional.ofNullable(json.path("failure").textValue()),
                    json.path("indexFailed").asBoolean(),
                    time(json, "progress"),
                    json.path("busy").asBoolean(),
                    optionalTime(json, "readThrough"),
                    json.path("caughtUp").asBoolean(),
                    optionalTime(json, "since"),
                    optionalTime(json, "newest"),
                    lanes,
                    optionalTime(json, "lastSuccess"),
                    leftOut,
                    gaps,
                    Duration.parse(json.path("late").asText()),
                    Duration.parse(json.path("ahead").asText()),
                    json.path("unreadBytes").asLong(),
                    json.path("rows").asLong(),
                    json.has("setAside") ? OptionalLong.of(json.path("setAside").asLong()) : OptionalLong.empty()));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Instant time(JsonNode json, String name) {
        return Instant.parse(json.path(name).asText());
    }

    private static Optional<Instant> optionalTime(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue()).map(Instant::parse);
    }
}
