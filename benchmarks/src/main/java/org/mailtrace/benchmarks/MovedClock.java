package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodTransform;
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
import java.time.Instant;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * An agent that moves the clock of another Java machine: {@code java.time} says a moment of its own, and time goes by faster
 * there. Everything that waits goes on in real time, and no program has to be made for it.
 */
public final class MovedClock implements ClassFileTransformer {
    private static final ClassDesc CLOCK = ClassDesc.of("java.time.Clock");
    private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");
    private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");

    private final Class<?> system;
    private final long begin;
    private final long started;
    private final long speed;

    private MovedClock(Class<?> system, long begin, long started, long speed) {
        this.system = system;
        this.begin = begin;
        this.started = started;
        this.speed = speed;
    }

    /**
     * Makes the agent's jar.
     *
     * @param started when it was that moment, by this machine's {@link System#nanoTime}, which on Linux all processes share
     * @return what starts a Java machine with it, so many times faster since that moment
     */
    static String option(Path jar, Instant begin, long started, long speed) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", MovedClock.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        String own = MovedClock.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = MovedClock.class.getClassLoader().getResourceAsStream(own)) {
            out.putNextEntry(new JarEntry(own));
            in.transferTo(out);
            out.closeEntry();
        }
        return "-javaagent:" + jar + '=' + begin.getEpochSecond() + ',' + started + ',' + speed;
    }

    /** Called by the Java machine whose clock is moved, with the moment in seconds since 1970, when it was, and the speed. */
    public static void premain(String arguments, Instrumentation instrumentation)
            throws ClassNotFoundException, UnmodifiableClassException {
        String[] numbers = arguments.split(",", 3);
        long begin = Long.parseLong(numbers[0]);
        long started = Long.parseLong(numbers[1]);
        long speed = Long.parseLong(numbers[2]);
        Class<?> system = Class.forName("java.time.Clock$SystemClock");
        instrumentation.addTransformer(new MovedClock(system, begin, started, speed), true);
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

    /** {@code Instant.ofEpochSecond(begin).plusNanos((System.nanoTime() - started) * speed)}. */
    private void instant(CodeBuilder code) {
        code.loadConstant(begin)
                .invokestatic(INSTANT, "ofEpochSecond", MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long))
                .invokestatic(SYSTEM, "nanoTime", MethodTypeDesc.of(ConstantDescs.CD_long))
                .loadConstant(started)
                .lsub()
                .loadConstant(speed)
                .lmul()
                .invokevirtual(INSTANT, "plusNanos", MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long))
                .areturn();
    }

    private static void millis(CodeBuilder code) {
        code.invokestatic(CLOCK, "currentInstant", MethodTypeDesc.of(INSTANT))
                .invokevirtual(INSTANT, "toEpochMilli", MethodTypeDesc.of(ConstantDescs.CD_long))
                .lreturn();
    }
}
