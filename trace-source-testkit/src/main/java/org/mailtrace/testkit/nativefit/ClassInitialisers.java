package org.mailtrace.testkit.nativefit;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the initialisers of classes do, with all that they call in Mailtrace itself. Quarkus initialises every class while
 * the native executable is built: time, chance, the environment and whatever is open would be those of the builder.
 */
final class ClassInitialisers {
    private static final Set<String> NEVER_MADE = Set.of(
            "java/util/Random",
            "java/util/SplittableRandom",
            "java/security/SecureRandom",
            "java/util/Timer",
            "java/lang/Thread",
            "java/io/FileInputStream",
            "java/io/FileOutputStream",
            "java/io/RandomAccessFile",
            "java/net/InetSocketAddress",
            "java/net/Socket",
            "java/net/ServerSocket");
    private static final List<String> NEVER_CALLED = List.of(
            "java/security/SecureRandom.",
            "java/time/Instant.now",
            "java/time/LocalDate.now",
            "java/time/LocalDateTime.now",
            "java/time/ZonedDateTime.now",
            "java/time/ZoneId.systemDefault",
            "java/time/Clock.systemDefaultZone",
            "java/util/TimeZone.getDefault",
            "java/util/Locale.getDefault",
            "java/util/UUID.randomUUID",
            "java/util/concurrent/ThreadLocalRandom.",
            "java/lang/Math.random",
            "java/lang/System.currentTimeMillis",
            "java/lang/System.nanoTime",
            "java/lang/System.getenv",
            "java/lang/System.getProperty",
            "java/lang/System.load",
            "java/lang/Integer.getInteger",
            "java/lang/Long.getLong",
            "java/lang/Boolean.getBoolean",
            "java/lang/Thread.start",
            "java/lang/Thread.of",
            "java/lang/Runtime.",
            "java/lang/ProcessHandle.",
            "java/lang/ref/Cleaner.",
            "java/lang/management/",
            "java/net/InetAddress.",
            "java/net/Inet4Address.",
            "java/net/Inet6Address.",
            "java/net/http/HttpClient.new",
            "java/nio/channels/",
            "java/nio/file/Files.",
            "java/nio/file/Path.toAbsolutePath",
            "java/nio/ByteBuffer.allocateDirect",
            "java/util/concurrent/Executors.");

    private final Program program;
    private final Set<String> faults = new TreeSet<>();

    ClassInitialisers(Program program) {
        this.program = program;
    }

    Set<String> faults() {
        for (ClassModel each : program.classes()) {
            follow(each, "<clinit>", "()V", each.thisClass().asInternalName(), new HashSet<>());
        }
        return faults;
    }

    private void follow(ClassModel owner, String name, String type, String origin, Set<String> seen) {
        if (!seen.add(owner.thisClass().asInternalName() + "." + name + type)) {
            return;
        }
        for (MethodModel method : owner.methods()) {
            if (method.methodName().equalsString(name) && method.methodType().equalsString(type)) {
                method.code().ifPresent(code -> code.forEach(element -> look(element, origin, seen)));
            }
        }
    }

    private void look(CodeElement element, String origin, Set<String> seen) {
        if (element instanceof NewObjectInstruction made
                && NEVER_MADE.contains(made.className().asInternalName())) {
            faults.add(origin + " makes a " + made.className().asInternalName());
        }
        if (element instanceof InvokeInstruction call) {
            String owner = call.owner().asInternalName();
            String called = owner + "." + call.name().stringValue();
            if (NEVER_CALLED.stream().anyMatch(called::startsWith)) {
                faults.add(origin + " calls " + called);
            }
            program.find(owner)
                    .ifPresent(ours ->
                            follow(ours, call.name().stringValue(), call.type().stringValue(), origin, seen));
        }
    }
}
