package org.mailtrace.onprem;

import java.util.Set;
import org.mailtrace.testkit.nativefit.NativeFitnessTest;

class NativeFitTest extends NativeFitnessTest {
    /** See {@code KerberosInNative}. */
    @Override
    protected Set<String> lookUpsThatAreProvidedFor() {
        return Set.of(
                "org.mailtrace.onprem.live.wsman.KerberosLogin calls LoginContext.<init>",
                "org.mailtrace.onprem.live.wsman.KerberosLogin calls LoginContext.getSubject",
                "org.mailtrace.onprem.live.wsman.KerberosLogin calls LoginContext.login");
    }
}
