package org.mailtrace.testkit.nativefit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Types whose members a native executable keeps for Jackson: those with {@link RegisterForReflection}, and whatever Quarkus
 * finds in the signatures of resources and clients.
 */
final class Registered {
    private final Set<Class<?>> known = new HashSet<>();

    Registered(Program program) {
        program.loaded(Registered::signatures).forEach(type -> addAll(type, known));
        known.addAll(program.loaded(Registered::named));
    }

    /** Names of Mailtrace's types that belong to these and are not known. */
    Set<String> missing(Set<Type> needed) {
        Set<Class<?>> all = new HashSet<>();
        needed.forEach(type -> addAll(type, all));
        Set<String> missing = new TreeSet<>();
        all.stream().filter(type -> !known.contains(type)).map(Class::getName).forEach(missing::add);
        return missing;
    }

    /** Names of those of the types that are not known themselves. */
    Set<String> unknown(Set<Class<?>> types) {
        Set<String> unknown = new TreeSet<>();
        types.stream().filter(type -> !known.contains(type)).map(Class::getName).forEach(unknown::add);
        return unknown;
    }

    /** Settings, if there are limits to what may stand in them or in those that they hold. */
    static Stream<Class<?>> limitedSettings(Class<?> type) {
        return type.isInterface() && isLimited(type, new HashSet<>()) ? Stream.of(type) : Stream.empty();
    }

    private static boolean isLimited(Class<?> type, Set<Class<?>> seen) {
        return seen.add(type)
                && (Stream.of(type.getDeclaredMethods()).anyMatch(setting -> isLimited(setting, seen))
                        || Stream.of(type.getInterfaces()).anyMatch(inherited -> isLimited(inherited, seen)));
    }

    private static boolean isLimited(Method setting, Set<Class<?>> seen) {
        return Stream.of(setting.getDeclaredAnnotations())
                        .anyMatch(limit -> limit.annotationType().getName().startsWith("jakarta.validation."))
                || (innermost(setting.getGenericReturnType()) instanceof Class<?> inner
                        && inner.isInterface()
                        && inner.getName().startsWith("org.mailtrace.")
                        && isLimited(inner, seen));
    }

    private static Type innermost(Type type) {
        return type instanceof ParameterizedType holder
                ? innermost(holder.getActualTypeArguments()[holder.getActualTypeArguments().length - 1])
                : type;
    }

    /** The classes that a class registers by name only. */
    static Stream<String> names(Class<?> type) {
        RegisterForReflection registered = type.getAnnotation(RegisterForReflection.class);
        return registered == null ? Stream.empty() : Stream.of(registered.classNames());
    }

    private static Stream<Class<?>> named(Class<?> type) {
        RegisterForReflection registered = type.getAnnotation(RegisterForReflection.class);
        if (registered == null) {
            return Stream.empty();
        }
        // Classes inside of these are registered with them.
        return (registered.targets().length == 0 ? Stream.of(type) : Arrays.<Class<?>>stream(registered.targets()))
                .flatMap(each -> Stream.concat(Stream.of(each), Stream.of(each.getDeclaredClasses())));
    }

    private static Stream<Type> signatures(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isRest(type) || isRest(method))
                .flatMap(Registered::signature);
    }

    private static boolean isRest(AnnotatedElement element) {
        return Arrays.stream(element.getDeclaredAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.getName().matches("jakarta\\.ws\\.rs\\.([A-Z]+|Path)"));
    }

    private static Stream<Type> signature(Method method) {
        return Stream.concat(Stream.of(method.getGenericReturnType()), Stream.of(method.getGenericParameterTypes()));
    }

    /** A type with all that its components, arguments and subtypes name. */
    private static void addAll(Type type, Set<Class<?>> into) {
        switch (type) {
            case Class<?> plain -> addAll(plain, into);
            case ParameterizedType generic -> {
                addAll(generic.getRawType(), into);
                Stream.of(generic.getActualTypeArguments()).forEach(argument -> addAll(argument, into));
            }
            case WildcardType wildcard -> Stream.of(wildcard.getUpperBounds()).forEach(bound -> addAll(bound, into));
            default -> {
                // A type variable is told by where it is used.
            }
        }
    }

    private static void addAll(Class<?> type, Set<Class<?>> into) {
        if (type.isArray()) {
            addAll(type.getComponentType(), into);
        } else if (type.getName().startsWith("org.mailtrace.") && (type.isRecord() || type.isSealed())) {
            if (into.add(type)) {
                if (type.isRecord()) {
                    Stream.of(type.getRecordComponents())
                            .map(RecordComponent::getGenericType)
                            .forEach(component -> addAll(component, into));
                } else {
                    Stream.of(type.getPermittedSubclasses()).forEach(subtype -> addAll(subtype, into));
                }
            }
        }
    }
}
