package org.mailtrace.onprem;

import java.util.Set;
import org.mailtrace.testkit.nativefit.NativeFitnessTest;

class NativeFitTest extends NativeFitnessTest {
    @Override
    protected Set<String> lookUpsThatAreProvidedFor() {
        return Set.of();
    }
}
