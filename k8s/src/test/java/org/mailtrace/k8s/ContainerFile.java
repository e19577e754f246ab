package org.mailtrace.k8s;

import static org.mailtrace.k8s.Rule.unless;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The instructions of one container file, with line continuations joined.
 *
 * @param path from the root of the repository, which is the context of every build
 */
record ContainerFile(String path, List<String> instructions) {
    private static final List<String> LABELS =
            List.of("title", "description", "licenses", "vendor", "version", "revision");

    static ContainerFile read(String path) {
        try {
            return parse(path, Files.readString(Tool.ROOT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ContainerFile parse(String path, String text) {
        List<String> instructions = new ArrayList<>();
        String joined = text.replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R\\s*", " ");
        joined.lines().filter(line -> !line.isBlank()).forEach(instructions::add);
        return new ContainerFile(path, instructions);
    }

    /** One sentence for each promise that is broken. */
    Stream<String> faults(Set<Integer> ports) {
        return Stream.of(sources(), bases(), user(), labels(), exposed(ports), memory())
                .flatMap(sentences -> sentences);
    }

    private Stream<String> of(String instruction) {
        return instructions.stream()
                .filter(each -> each.startsWith(instruction + " "))
                .map(each -> each.substring(instruction.length() + 1));
    }

    /** The last stage: what is shipped. */
    private ContainerFile shipped() {
        int from = 0;
        for (int i = 0; i < instructions.size(); i++) {
            from = instructions.get(i).startsWith("FROM ") ? i : from;
        }
        return new ContainerFile(path, instructions.subList(from, instructions.size()));
    }

    private Stream<String> sources() {
        return of("COPY").filter(copy -> !copy.contains("--from=")).flatMap(copy -> {
            List<String> words = Pattern.compile(" ")
                    .splitAsStream(copy)
                    .filter(word -> !word.startsWith("--"))
                    .toList();
            return words.subList(0, words.size() - 1).stream()
                    .flatMap(source -> unless(
                            Files.exists(Tool.ROOT.resolve(source)),
                            path + " copies " + source + ", which is not there"));
        });
    }

    /** Images come from arguments, so that they can be pinned without a change; none floats over versions. */
    private Stream<String> bases() {
        Map<String, String> arguments = new TreeMap<>();
        of("ARG").map(argument -> argument.split("=", 2)).forEach(pair -> arguments.put(pair[0], pair[1]));
        return of("FROM").map(from -> from.replaceAll(" .*", "")).flatMap(from -> {
            Matcher argument = Pattern.compile("\\$\\{(\\w+)}").matcher(from);
            String image = argument.matches() ? arguments.getOrDefault(argument.group(1), "") : "";
            return unless(
                    image.matches("[\\w.-]+\\.[\\w.-]+/.+(:.+|@sha256:.+)") && !image.endsWith(":latest"),
                    path + " is built from " + from + " = " + image);
        });
    }

    private Stream<String> user() {
        List<String> users = shipped().of("USER").toList();
        return unless(
                !users.isEmpty() && users.getLast().matches("[1-9]\\d*:[1-9]\\d*"),
                path + " runs as " + (users.isEmpty() ? "root" : users.getLast()));
    }

    private Stream<String> labels() {
        String labels = shipped().of("LABEL").collect(Collectors.joining(" "));
        return LABELS.stream()
                .flatMap(label -> unless(
                        labels.contains("org.opencontainers.image." + label + "=\""),
                        path + " lacks the label " + label));
    }

    /** A process whose heap is exhausted ends, so that it is started anew; Java reads variables, an executable its arguments. */
    private Stream<String> memory() {
        boolean service = shipped().of("ENTRYPOINT").anyMatch(line -> line.contains("/opt/mailtrace"));
        return unless(
                !service
                        || Stream.of("ENV", "ENTRYPOINT")
                                .flatMap(shipped()::of)
                                .anyMatch(line -> line.contains("-XX:+ExitOnOutOfMemoryError")),
                path + " goes on without memory");
    }

    /** The names of the variables of Quarkus that the image sets. */
    List<String> variables() {
        return shipped()
                .of("ENV")
                .flatMap(
                        line -> Pattern.compile("\\bQUARKUS_\\w+").matcher(line).results())
                .map(MatchResult::group)
                .toList();
    }

    /** The heap that the image sets, such as {@code -Xmx256m}; empty without one. */
    String heap() {
        return Stream.of("ENV", "ENTRYPOINT")
                .flatMap(shipped()::of)
                .flatMap(line -> Pattern.compile("-Xmx\\w+").matcher(line).results())
                .map(MatchResult::group)
                .collect(Collectors.joining());
    }

    private Stream<String> exposed(Set<Integer> ports) {
        Set<Integer> exposed = shipped()
                .of("EXPOSE")
                .flatMap(line -> Pattern.compile(" ").splitAsStream(line))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        return unless(exposed.equals(ports), path + " exposes " + exposed + " instead of " + ports);
    }
}
