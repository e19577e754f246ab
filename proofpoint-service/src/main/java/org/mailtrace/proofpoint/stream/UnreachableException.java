package org.mailtrace.proofpoint.stream;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.mailtrace.proofpoint.words.StreamSentences;

/** No connection came about. Its message is a sentence for people. */
final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1L;
    /** Causes that refer to each other in a circle must not hold us up. */
    private static final int DEEPEST = 20;

    private UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says of a failure what somebody can do about it. */
    static UnreachableException because(Throwable cause) {
        return new UnreachableException(sentence(cause), cause);
    }

    private static String sentence(Throwable cause) {
        if (has(cause, CertificateException.class)) {
            return StreamSentences.notTrusted();
        }
        return has(cause, SSLException.class) ? StreamSentences.noTls() : StreamSentences.unreachable();
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(type::isInstance);
    }
}
