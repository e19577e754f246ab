package org.mailtrace.http.settings;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.ConfigValidator;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds every setting of ours to the limits that stand at it: {@code @Min}, {@code @Max}, {@code @DecimalMin}, {@code @DecimalMax},
 * {@code @NotEmpty} and {@code @Pattern} of Jakarta Validation; those that a setting inherits count as well.
 *
 * <p>Hibernate Validator would do that, too, but looks through all settings of Quarkus first, at every start, which takes longer
 * than everything else in it. In a native executable, settings with limits need {@code @RegisterForReflection}.
 */
public final class Limits implements ConfigValidator {
    private static final String OURS = "org.mailtrace.";
    private static final String CONSTRAINTS = "jakarta.validation.";

    @Override
    public void validateMapping(Class<?> mapping, String prefix, Object settings) {
        if (!isOurs(mapping)) {
            return;
        }
        List<Problem> problems = new ArrayList<>();
        checkGroup(mapping, prefix, settings, problems);
        if (!problems.isEmpty()) {
            throw new ConfigValidationException(problems.toArray(Problem.NO_PROBLEMS));
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS);
    }

    private static void checkGroup(Class<?> group, String path, Object settings, List<Problem> problems) {
        for (Method setting : group.getMethods()) {
            if (Modifier.isAbstract(setting.getModifiers())) {
                List<Limit> limits = limits(group, setting.getName());
                Class<?> inner = innermost(setting.getGenericReturnType());
                boolean holdsSettings = inner.isInterface() && isOurs(inner);
                // Nothing is looked at in vain: this is done at every start.
                if (holdsSettings || !limits.isEmpty()) {
                    String name = path + "." + name(setting);
                    Object value = read(setting.getName(), settings);
                    limits.forEach(limit ->
                            limit.broken(value).ifPresent(what -> problems.add(new Problem(name + " " + what))));
                    if (holdsSettings) {
                        checkInside(inner, name, value, problems);
                    }
                }
            }
        }
    }

    private static void checkInside(Class<?> group, String path, Object value, List<Problem> problems) {
        switch (value) {
            case Optional<?> optional -> optional.ifPresent(inside -> checkInside(group, path, inside, problems));
            case Map<?, ?> map -> map.forEach((key, inside) -> checkInside(group, path + "." + key, inside, problems));
            case Collection<?> collection -> {
                int index = 0;
                for (Object inside : collection) {
                    checkInside(group, path + "[" + index++ + "]", inside, problems);
                }
            }
            default -> checkGroup(group, path, value, problems);
        }
    }

    /** What a map, a list or an optional value holds in the end. */
    private static Class<?> innermost(Type type) {
        return type instanceof ParameterizedType holder
                ? innermost(holder.getActualTypeArguments()[holder.getActualTypeArguments().length - 1])
                : (Class<?>) type;
    }

    private static String name(Method setting) {
        WithName given = setting.getAnnotation(WithName.class);
        return given == null ? StringUtil.skewer(setting.getName()) : given.value();
    }

    /** By the generated class, which is public, as the interfaces need not be. */
    private static Object read(String setting, Object settings) {
        try {
            return settings.getClass().getMethod(setting).invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a setting cannot be read: " + setting, e);
        }
    }

    private static List<Limit> limits(Class<?> group, String setting) {
        List<Limit> limits = new ArrayList<>();
        for (Method declared : group.getDeclaredMethods()) {
            if (declared.getName().equals(setting) && declared.getParameterCount() == 0) {
                Arrays.stream(declared.getAnnotations())
                        .filter(each -> each.annotationType().getName().startsWith(CONSTRAINTS))
                        .map(Limit::of)
                        .forEach(limits::add);
            }
        }
        for (Class<?> inherited : group.getInterfaces()) {
            limits.addAll(limits(inherited, setting));
        }
        return limits;
    }
}
