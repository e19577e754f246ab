package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * An agent that moves the clock of another Java machine: {@code java.time} says a moment of its own, and time goes by faster
 * there, or leaps. Everything that waits goes on in real time, and no program has to be made for it.
 */
public final class MovedClock implements ClassFileTransformer {
    private static final ClassDesc CLOCK = ClassDesc.of("java.time.Clock");
    private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");
    private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");

    private final Class<?> system;
    private final long begin;
    private final long started;
    private final Pace pace;

    private MovedClock(Class<?> system, long begin, long started, Pace pace) {
        this.system = system;
        this.begin = begin;
        this.started = started;
        this.pace = pace;
    }

    /**
     * How time goes by: in each such stretch of real time as much as in reality, and then it leaps, so that the stretches begin so
     * far apart; both in nanoseconds.
     */
    record Pace(long stretch, long leap) {
        /** So many times faster, without leaps. */
        static Pace steady(long speed) {
            return new Pace(1, speed);
        }

        /** On the whole so many times faster, but by leaps: what takes less than a stretch goes on in real time. */
        static Pace leaping(Duration leap, long speed) {
            return new Pace(leap.toNanos() / speed, leap.toNanos());
        }

        /** What has gone by there in so many nanoseconds. */
        Duration after(long nanos) {
            return Duration.ofNanos(nanos / stretch * leap + nanos % stretch);
        }
    }

    /**
     * Makes the agent's jar.
     *
     * @param started when it was that moment, by this machine's {@link System#nanoTime}, which on Linux all processes share
     * @return what starts a Java machine with it
     */
    static String option(Path jar, Instant begin, long started, Pace pace) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", MovedClock.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Class<?> own : List.of(MovedClock.class, Pace.class)) {
                String name = own.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = own.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return "-javaagent:" + jar + '=' + begin.getEpochSecond() + ',' + started + ',' + pace.stretch() + ','
                + pace.leap();
    }

    /** Called by the Java machine whose clock is moved, with the moment in seconds since 1970, when it was, and the pace. */
    public static void premain(String arguments, Instrumentation instrumentation)
            throws ClassNotFoundException, UnmodifiableClassException {
        String[] numbers = arguments.split(",", 4);
        long begin = Long.parseLong(numbers[0]);
        long started = Long.parseLong(numbers[1]);
        Pace pace = new Pace(Long.parseLong(numbers[2]), Long.parseLong(numbers[3]));
        Class<?> system = Class.forName("java.time.Clock$SystemClock");
        instrumentation.addTransformer(new MovedClock(system, begin, started, pace), true);
        instrumentation.retransformClasses(Clock.class, system);
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> of, ProtectionDomain domain, byte[] bytes) {
        if (of == Clock.class) {
            return replaced(bytes, "currentInstant", this::instant);
        }
        return of == system ? replaced(bytes, "millis", MovedClock::millis) : null;
    }

    private static byte[] replaced(byte[] bytes, String method, Consumer<CodeBuilder> body) {
        ClassFile file = ClassFile.of();
        return file.transformClass(
                file.parse(bytes),
                ClassTransform.transformingMethods(
                        each -> each.methodName().equalsString(method), (MethodTransform) (builder, element) -> {
                            if (element instanceof CodeModel) {
                                builder.withCode(body);
                            } else {
                                builder.with(element);
                            }
                        }));
    }

    /** {@code Instant.ofEpochSecond(begin).plusNanos(pace.after(System.nanoTime() - started).toNanos())}. */
    private void instant(CodeBuilder code) {
        int elapsed = code.allocateLocal(TypeKind.LONG);
        code.invokestatic(SYSTEM, "nanoTime", MethodTypeDesc.of(ConstantDescs.CD_long))
                .loadConstant(started)
                .lsub()
                .lstore(elapsed)
                .loadConstant(begin)
                .invokestatic(INSTANT, "ofEpochSecond", MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long))
                .lload(elapsed)
                .loadConstant(pace.stretch())
                .ldiv()
                .loadConstant(pace.leap())
                .lmul()
                .lload(elapsed)
                .loadConstant(pace.stretch())
                .lrem()
                .ladd()
                .invokevirtual(INSTANT, "plusNanos", MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long))
                .areturn();
    }

    private static void millis(CodeBuilder code) {
        code.invokestatic(CLOCK, "currentInstant", MethodTypeDesc.of(INSTANT))
                .invokevirtual(INSTANT, "toEpochMilli", MethodTypeDesc.of(ConstantDescs.CD_long))
                .lreturn();
    }
}
