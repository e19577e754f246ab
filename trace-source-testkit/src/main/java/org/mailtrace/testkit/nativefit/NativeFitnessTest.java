package org.mailtrace.testkit.nativefit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every service must keep to as a native executable, as far as its class files tell; each service extends it. Neither
 * GraalVM nor Quarkus is started.
 */
public abstract class NativeFitnessTest {
    private static final Program PROGRAM = Program.onTheClassPath();

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
    void nothingIsLookedUpByNameThatIsNotProvidedFor() {
        assertThat(new LookUps(PROGRAM).all()).isEqualTo(lookUpsThatAreProvidedFor());
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
}
