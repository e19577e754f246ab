package org.mailtrace.testkit.nativefit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Mailtrace's own classes on the class path, without tests and what only tests use, by internal name. */
final class Program {
    private static final String OURS = "org/mailtrace";
    private static final List<String> NOT_SHIPPED = List.of("test-classes", "testkit", "simulators");

    private final Map<String, ClassModel> classes = new TreeMap<>();

    private Program() {}

    static Program onTheClassPath() {
        Program program = new Program();
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            Path place = Path.of(entry);
            if (Files.exists(place) && NOT_SHIPPED.stream().noneMatch(entry::contains)) {
                program.add(place);
            }
        }
        return program;
    }

    private void add(Path place) {
        try {
            if (Files.isDirectory(place)) {
                addAll(place.resolve(OURS));
            } else if (place.toString().endsWith(".jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(place)) {
                    addAll(jar.getPath(OURS));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addAll(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
                classes.put(model.thisClass().asInternalName(), model);
            }
        }
    }

    Iterable<ClassModel> classes() {
        return classes.values();
    }

    Optional<ClassModel> find(String internalName) {
        return Optional.ofNullable(classes.get(internalName));
    }

    /** The classes themselves, not initialised, as far as the function finds something in them. */
    <T> List<T> loaded(Function<Class<?>, Stream<T>> found) {
        List<T> all = new ArrayList<>();
        classes.keySet().stream().map(Program::load).flatMap(found).forEach(all::add);
        return all;
    }

    static Class<?> load(String internalName) {
        try {
            return Class.forName(internalName.replace('/', '.'), false, Program.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException(internalName + " cannot be loaded", e);
        }
    }
}
