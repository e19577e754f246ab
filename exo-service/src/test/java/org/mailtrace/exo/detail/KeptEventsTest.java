package org.mailtrace.exo.detail;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.Field;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailtrace.exo.Settings;

class KeptEventsTest {
    @Test
    void theClassOfTheCacheIsRegisteredForNativeExecutables() throws ReflectiveOperationException {
        // given
        KeptEvents events = new KeptEvents(Settings.of(DetailSettings.class, Map.of()), Clock.systemUTC(), () -> 0);

        // when: Caffeine's own class behind its face
        Object cache = inside(KeptEvents.class, "kept", events);
        Object own = inside(cache.getClass(), "cache", cache);

        // then
        assertThat(KeptEvents.class.getAnnotation(RegisterForReflection.class).classNames())
                .contains(own.getClass().getName());
    }

    private static Object inside(Class<?> type, String name, Object owner) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
