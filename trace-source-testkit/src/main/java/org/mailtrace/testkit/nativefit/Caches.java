package org.mailtrace.testkit.nativefit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Caffeine's own classes behind the caches that are built: one for the cache and one for its entries, both looked up by a
 * name made of the cache's traits. Quarkus registers some of them, so a missing one is seen only when an executable runs.
 * Seen are builders that are used up in one expression.
 */
final class Caches {
    private static final String BUILDER = "com/github/benmanes/caffeine/cache/Caffeine";

    private final Program program;

    Caches(Program program) {
        this.program = program;
    }

    /** The classes that a class's caches need, as "class needs class", each once. */
    Set<String> needed() {
        Set<String> needed = new TreeSet<>();
        for (ClassModel owner : program.classes()) {
            String name = owner.thisClass().asInternalName().replace('/', '.');
            for (MethodModel method : owner.methods()) {
                method.code().ifPresent(code -> built(code).forEach(type -> needed.add(name + " needs " + type)));
            }
        }
        return needed;
    }

    private static List<String> built(CodeModel code) {
        List<String> types = new ArrayList<>();
        Optional<Builder> builder = Optional.empty();
        for (var element : code) {
            if (element instanceof InvokeInstruction call
                    && call.owner().asInternalName().equals(BUILDER)) {
                String name = call.name().stringValue();
                if (name.equals("newBuilder")) {
                    builder = Optional.of(new Builder());
                } else if (builder.isEmpty()) {
                    throw new IllegalStateException("A builder of caches that was made elsewhere is called: " + name);
                } else if (name.startsWith("build")) {
                    types.addAll(builder.get().classes());
                } else {
                    builder.get().add(name);
                }
            }
        }
        return types;
    }

    /** Has the traits of the one that the program makes, and is asked for the names that Caffeine makes of them. */
    private static final class Builder {
        private final Caffeine<Object, Object> caffeine = Caffeine.newBuilder();

        private void add(String trait) {
            switch (trait) {
                case "maximumSize" -> caffeine.maximumSize(1);
                case "maximumWeight" -> caffeine.maximumWeight(1);
                case "weigher" -> caffeine.weigher((key, value) -> 1);
                case "expireAfterAccess" -> caffeine.expireAfterAccess(Duration.ofSeconds(1));
                case "expireAfterWrite" -> caffeine.expireAfterWrite(Duration.ofSeconds(1));
                case "expireAfter" -> caffeine.expireAfter(Expiry.writing((key, value) -> Duration.ofSeconds(1)));
                case "ticker" -> caffeine.ticker(() -> 0);
                default -> throw new IllegalStateException("This trait of a cache is not known here: " + trait);
            }
        }

        private List<String> classes() {
            try {
                return List.of(
                        name("LocalCacheFactory", new Class<?>[] {Caffeine.class}, caffeine),
                        name("NodeFactory", new Class<?>[] {Caffeine.class, boolean.class}, caffeine, false));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Caffeine makes its names in another way now", e);
            }
        }

        private static String name(String factory, Class<?>[] types, Object... arguments)
                throws ReflectiveOperationException {
            String place = Caffeine.class.getPackageName();
            Method method = Class.forName(place + "." + factory).getDeclaredMethod("getClassName", types);
            method.setAccessible(true);
            return place + "." + method.invoke(null, arguments);
        }
    }
}
