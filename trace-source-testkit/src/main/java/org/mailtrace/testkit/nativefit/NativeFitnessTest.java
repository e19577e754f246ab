package org.mailtrace.testkit.nativefit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What every service must keep to as a native executable, as far as its class files tell; each service extends it. Neither
 * GraalVM nor Quarkus is started.
 */
public abstract class NativeFitnessTest {
    private static final Program PROGRAM = Program.onTheClassPath();

    /** The OpenAPI document is a resource that Quarkus lists; settings are registered, which is looked at below. */
    private static final Set<String> PROVIDED_FOR_IN_ALL = Set.of(
            "org.mailtrace.http.describe.LateDescription calls ClassLoader.getResourceAsStream",
            "org.mailtrace.http.settings.Limits calls Class.getDeclaredMethods",
            "org.mailtrace.http.settings.Limits calls Class.getMethod",
            "org.mailtrace.http.settings.Limits calls Class.getMethods",
            "org.mailtrace.http.settings.Limits calls Method.getAnnotation",
            "org.mailtrace.http.settings.Limits calls Method.getAnnotations",
            "org.mailtrace.http.settings.Limits calls Method.getGenericReturnType",
            "org.mailtrace.http.settings.Limits calls Method.getModifiers",
            "org.mailtrace.http.settings.Limits calls Method.getName",
            "org.mailtrace.http.settings.Limits calls Method.getParameterCount",
            "org.mailtrace.http.settings.Limits calls Method.invoke",
            // The driver registers what it holds for the machine that it is built for.
            "org.mailtrace.sqlite.SqliteLibrary calls Class.getResourceAsStream");

    /**
     * What libraries name that nobody brings: the driver's sign-on by Windows is replaced ({@code WithoutWindowsSignOn} of
     * {@code trace-postgresql}), and what it brings for OSGi cannot be reached.
     */
    private static final Set<String> MISSING_BUT_NOT_REACHED = Set.of(
            "org.postgresql.osgi: org.osgi.framework",
            "org.postgresql.osgi: org.osgi.service.jdbc",
            "org.postgresql.sspi: com.sun.jna",
            "org.postgresql.sspi: com.sun.jna.platform.win32",
            "org.postgresql.sspi: com.sun.jna.ptr",
            "org.postgresql.sspi: com.sun.jna.win32",
            "org.postgresql.sspi: waffle.windows.auth",
            "org.postgresql.sspi: waffle.windows.auth.impl");

    /**
     * The look-ups by name that somebody has thought about, as "class calls Type.method": what they look up is registered
     * for native executables, or they run only while the service is built.
     */
    protected abstract Set<String> lookUpsThatAreProvidedFor();

    @Test
    void classInitialisersTakeNothingFromTheMachineThatBuilds() {
        assertThat(PROGRAM.classes()).isNotEmpty();
        assertThat(new ClassInitialisers(PROGRAM).faults()).isEmpty();
    }

    @Test
    void whatLibrariesNameIsThereOrCannotBeReached() {
        assertThat(MissingClasses.onTheClassPath()).isEqualTo(MISSING_BUT_NOT_REACHED);
    }

    @Test
    void nothingIsLookedUpByNameThatIsNotProvidedFor() {
        // given
        Set<String> provided = new TreeSet<>(lookUpsThatAreProvidedFor());
        provided.addAll(PROVIDED_FOR_IN_ALL);

        // then
        assertThat(new LookUps(PROGRAM).all()).isEqualTo(provided);
    }

    @Test
    void classesThatACacheLooksUpByNameAreRegisteredWhereItIsBuilt() {
        assertThat(new Caches(PROGRAM).needed())
                .isSubsetOf(
                        PROGRAM.loaded(type -> Registered.names(type).map(name -> type.getName() + " needs " + name)));
    }

    @Test
    void whatIsRegisteredByNameExists() {
        assertThat(PROGRAM.loaded(Registered::names))
                .allSatisfy(
                        name -> assertThat(Program.load(name.replace('.', '/'))).isNotNull());
    }

    @Test
    void whatJacksonIsGivenByHandIsRegistered() {
        // given
        Set<Type> given = new JsonByHand(PROGRAM).types();

        // then
        assertThat(given).as("types that are seen").isNotEmpty();
        assertThat(new Registered(PROGRAM).missing(given)).isEmpty();
    }

    /** Their limits are looked at by reflection; what is not there is not checked. */
    @Test
    void settingsWithLimitsAreRegistered() {
        // given
        Set<Class<?>> settings = Set.copyOf(PROGRAM.loaded(Registered::limitedSettings));

        // then
        assertThat(settings).as("settings that are seen").isNotEmpty();
        assertThat(new Registered(PROGRAM).unknown(settings)).isEmpty();
    }
}
