package org.mailtrace.onprem.live.wsman;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A recorded conversation with a real Windows server: what was sent and what came back, in turns. */
record Recording(List<String> requests, List<String> responses) {
    private static final Pattern ID = Pattern.compile("[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}");

    /** The folder with the recordings, which lies beside the repository and is no part of it. */
    static Optional<Path> folder() {
        return Stream.iterate(Path.of("").toAbsolutePath().getParent(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("shared").resolve("samples").resolve("psrp"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** Reads a recording: YAML with one plain scalar for each message, folded where it has a blank. */
    static Recording read(String name) {
        List<String> requests = new ArrayList<>();
        List<String> responses = new ArrayList<>();
        List<String> last = requests;
        try {
            for (String line : Files.readAllLines(folder().orElseThrow().resolve(name + ".yml"))) {
                if (line.startsWith("- request: ")) {
                    requests.add(line.substring(11));
                    last = requests;
                } else if (line.startsWith("  response: ")) {
                    responses.add(line.substring(12));
                    last = responses;
                } else if (line.matches(" {4}(Name|CommandId)=.*")) {
                    last.set(last.size() - 1, last.getLast() + " " + line.strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Recording(requests, responses);
    }

    URI url() {
        return URI.create(first("<wsa:To>([^<]+)<"));
    }

    String configuration() {
        return first("http://schemas.microsoft.com/powershell/([A-Za-z.]+)<");
    }

    long operationTimeoutSeconds() {
        return Long.parseLong(first("<wsman:OperationTimeout>PT(\\d+)S<"));
    }

    /** Hands out the ids of the recording, so that even what is random is the same. */
    Ids ids() {
        List<UUID> messages = all("<wsa:MessageID>uuid:(" + ID + ")<");
        List<UUID> commands = all("<rsp:CommandLine CommandId=\"(" + ID + ")\"");
        UUID session =
                all("SessionId s:mustUnderstand=\"false\">uuid:(" + ID + ")<").getFirst();
        UUID shell = all("<rsp:Shell ShellId=\"(" + ID + ")\"").getFirst();
        return new Ids() {
            private int message;
            private int command;

            @Override
            public UUID session() {
                return session;
            }

            @Override
            public UUID shell() {
                return shell;
            }

            @Override
            public UUID command() {
                return commands.get(command++);
            }

            @Override
            public UUID message() {
                return messages.get(message++);
            }
        };
    }

    private String first(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(requests.getFirst());
        if (!matcher.find()) {
            throw new IllegalStateException("the recording is not as it was");
        }
        return matcher.group(1);
    }

    private List<UUID> all(String pattern) {
        List<UUID> found = new ArrayList<>();
        for (String request : requests) {
            Matcher matcher = Pattern.compile(pattern).matcher(request);
            while (matcher.find()) {
                found.add(UUID.fromString(matcher.group(1).toLowerCase(Locale.ROOT)));
            }
        }
        return found;
    }
}
