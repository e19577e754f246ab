package org.mailtrace.proofpoint.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates that are made for one run, by the JDK's own keytool. */
final class Certificates {
    private static final String PASSWORD = "made-for-one-run";

    private final Path file;

    Certificates(Path folder) throws IOException, InterruptedException {
        file = folder.resolve("keys.p12");
        make("authority", "dns:authority.example", "-ext", "bc:c");
        make("good", "dns:localhost", "-signer", "authority");
        make("elsewhere", "dns:elsewhere.example", "-signer", "authority");
        make("expired", "dns:localhost", "-signer", "authority", "-startdate", "-30d", "-validity", "10");
        make("self-signed", "dns:localhost");
    }

    private void make(String alias, String name, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-ext",
                "san=" + name));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (InputStream said = process.getInputStream()) {
            byte[] words = said.readAllBytes();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(new String(words, java.nio.charset.Charset.defaultCharset()));
            }
        }
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** A server that shows one of the certificates. */
    SSLContext server(String alias) throws GeneralSecurityException, IOException {
        KeyStore all = store();
        KeyStore one = empty();
        one.setKeyEntry(
                alias,
                all.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** A client that trusts what the authority signed. */
    Optional<SSLContext> trust() throws GeneralSecurityException, IOException {
        KeyStore one = empty();
        one.setCertificateEntry("authority", store().getCertificate("authority"));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(one);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return Optional.of(context);
    }
}
