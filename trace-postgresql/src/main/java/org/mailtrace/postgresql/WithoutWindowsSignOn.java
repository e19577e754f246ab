package org.mailtrace.postgresql;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.postgresql.core.PGStream;
import org.postgresql.sspi.ISSPIClient;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The driver can sign on by SSPI, which there is on Windows only, through classes of another library that nobody ships with
 * it. A native executable is built of what can be reached, so it could not be built at all; here it says so when a server
 * asks for it. On the Java machine this class is not used, and the driver says so in its own words.
 */
@TargetClass(className = "org.postgresql.core.v3.ConnectionFactoryImpl")
final class WithoutWindowsSignOn {
    private WithoutWindowsSignOn() {}

    @Substitute
    @SuppressWarnings("DoNotCallSuggester") // the driver is who calls it
    static ISSPIClient createSSPI(PGStream stream, String service, boolean negotiate) throws PSQLException {
        throw new PSQLException(
                "The server asks for SSPI, a sign-on of Windows, which a native executable does not have.",
                PSQLState.CONNECTION_REJECTED);
    }
}
