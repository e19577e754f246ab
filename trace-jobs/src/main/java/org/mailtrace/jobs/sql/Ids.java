package org.mailtrace.jobs.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.mailtrace.jobs.JobsException;

/** Names of jobs, and what is kept of a request when it is gone. */
public final class Ids {
    private static final int BYTES = 18;

    private Ids() {}

    /**
     * One that nobody can guess, fit for URLs. The source of random numbers is made anew: one that is kept in a class would
     * be made while a native executable is built, and its seed would be in the file.
     */
    public static String anew() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A digest that the job's id salts: equal requests of different jobs cannot be told by it. */
    public static byte[] digest(String id, String request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(id.getBytes(StandardCharsets.UTF_8));
            return digest.digest(request.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new JobsException("This Java cannot compute SHA-256.", e);
        }
    }
}
