package org.mailtrace.exo.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** A client secret in a file. A file that is being replaced, and so cannot be read, leaves the secret before it. */
final class SecretFileCredential implements ClientCredential {
    private static final Logger LOG = Logger.getLogger(SecretFileCredential.class);

    private final Path file;
    private final AtomicReference<String> last;

    /** @throws IOException if the file cannot be read or is empty */
    SecretFileCredential(Path file) throws IOException {
        this.file = file;
        this.last = new AtomicReference<>(read(file));
    }

    @Override
    public Map<String, String> parameters() {
        try {
            last.set(read(file));
        } catch (IOException e) {
            LOG.warnf(
                    "client secret not read again, the one before is used cause=%s",
                    e.getClass().getSimpleName());
        }
        return Map.of("client_secret", last.get());
    }

    private static String read(Path file) throws IOException {
        String secret = Files.readString(file).strip();
        if (secret.isEmpty()) {
            throw new IOException("the file is empty");
        }
        return secret;
    }
}
