package org.mailtrace.testkit.nativefit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Classes that a library names and nobody brings. On Java that is no harm as long as they are never used; a native
 * executable cannot be built once a method that names one can be reached, because Quarkus wants everything linked. Looked at
 * are the libraries that come without an extension of Quarkus, which would see to it.
 */
final class MissingClasses {
    private static final List<String> WITHOUT_EXTENSION = List.of(
            "agroal-",
            "asn-one-",
            "bcprov-",
            "bucket4j",
            "fastcsv-",
            "mbassador-",
            "postgresql-",
            "smbj-",
            "sqlite-jdbc-",
            "standardwebhooks-");

    private final Map<String, Boolean> known = new HashMap<>();
    private final Set<String> missing = new TreeSet<>();

    private MissingClasses() {}

    /** As "package that names it: package that is missing". */
    static Set<String> onTheClassPath() {
        MissingClasses found = new MissingClasses();
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            Path place = Path.of(entry);
            if (entry.endsWith(".jar")
                    && WITHOUT_EXTENSION.stream().anyMatch(place.getFileName().toString()::startsWith)) {
                found.lookThrough(place);
            }
        }
        return found.missing;
    }

    private void lookThrough(Path library) {
        try (FileSystem jar = FileSystems.newFileSystem(library);
                Stream<Path> files = Files.walk(jar.getPath("/"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                if (!file.startsWith("/META-INF")
                        && !file.getFileName().toString().contains("-info")) {
                    lookAt(Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lookAt(byte[] type) {
        var model = ClassFile.of().parse(type);
        model.constantPool().forEach(entry -> {
            if (entry instanceof ClassEntry named && !named.asInternalName().startsWith("[")) {
                String name = named.asInternalName();
                if (!known.computeIfAbsent(name, MissingClasses::isThere)) {
                    missing.add(packageOf(model.thisClass().asInternalName()) + ": " + packageOf(name));
                }
            }
        });
    }

    private static boolean isThere(String name) {
        return ClassLoader.getSystemResource(name + ".class") != null;
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.');
    }
}
