package org.mailtrace.gateway;

import java.util.Set;
import org.mailtrace.testkit.nativefit.NativeFitnessTest;

class NativeFitTest extends NativeFitnessTest {
    /** Examples are read while the description is made, which is while the service is built. */
    @Override
    protected Set<String> lookUpsThatAreProvidedFor() {
        return Set.of("org.mailtrace.gateway.describe.Examples calls Class.getResourceAsStream");
    }
}
