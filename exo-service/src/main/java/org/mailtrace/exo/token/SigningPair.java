package org.mailtrace.exo.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key and the certificate that belongs to it. */
record SigningPair(RSAPrivateKey key, X509Certificate certificate) {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /**
     * Reads both.
     *
     * @throws IOException if a file cannot be read
     * @throws InvalidKeyException if the key's file holds no RSA key as PKCS#8 in PEM
     * @throws CertificateException if the certificate's file holds none, or that of another key
     */
    static SigningPair read(Path keyFile, Path certificateFile) throws IOException, GeneralSecurityException {
        RSAPrivateKey key = key(Files.readString(keyFile));
        X509Certificate certificate = certificate(certificateFile);
        boolean belongs = certificate.getPublicKey() instanceof RSAPublicKey open
                && open.getModulus().equals(key.getModulus());
        if (!belongs) {
            throw new CertificateException("another key's certificate");
        }
        return new SigningPair(key, certificate);
    }

    private static RSAPrivateKey key(String pem) throws GeneralSecurityException {
        Matcher matcher = PKCS8.matcher(pem);
        if (!matcher.find()) {
            throw new InvalidKeyException("no PKCS#8 key");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
            return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidKeyException("no RSA key", e);
        }
    }

    private static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "SigningPair[***]";
    }
}
