package org.mailtrace.onprem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailtrace.http.guard.GuardSettings;

/** The table in the source's guide names every setting, and only settings that exist. */
class DocumentedSettingsTest {
    private static final String PREFIX = "mailtrace.onprem";
    private static final Pattern SETTING = Pattern.compile("`(" + Pattern.quote(PREFIX) + "\\.[^`]+)`");

    @Test
    void documentsEverySettingAndNoOther() throws IOException {
        // given
        Path guide = Path.of("..", "docs", "sources", "onprem-exchange.md");

        // when
        Set<String> documented = Files.readAllLines(guide).stream()
                .filter(line -> line.startsWith("| `" + PREFIX))
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(cell -> SETTING.matcher(cell).results().map(match -> match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> existing = settings(PREFIX, OnPremSettings.class).collect(Collectors.toCollection(TreeSet::new));

        // then
        assertThat(existing).containsAll(documented);
        assertThat(documented)
                .containsAll(
                        existing.stream().filter(name -> !isOfTheLiveWay(name)).toList());
    }

    /** The live way is set by a group of its own, whose numbers {@code application.properties} explains. */
    private static boolean isOfTheLiveWay(String name) {
        return name.equals(PREFIX + ".ask") || name.contains(".live.");
    }

    private static Stream<String> settings(String prefix, Class<?> group) {
        return Arrays.stream(group.getMethods()).flatMap(method -> settings(prefix, method));
    }

    private static Stream<String> settings(String prefix, Method method) {
        String name =
                prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        if (method.getReturnType().equals(Map.class)) {
            return settings(name + ".<NAME>", argument(method, 1));
        }
        Class<?> type = method.getReturnType().equals(Optional.class) ? argument(method, 0) : method.getReturnType();
        if (type.equals(GuardSettings.class)) {
            return Stream.of(name + ".*");
        }
        return type.isInterface() && type.getPackageName().startsWith("org.mailtrace")
                ? settings(name, type)
                : Stream.of(name);
    }

    private static Class<?> argument(Method method, int number) {
        Type argument = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[number];
        return argument instanceof Class<?> type ? type : Object.class;
    }
}
