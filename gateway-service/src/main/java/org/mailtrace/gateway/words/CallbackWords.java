package org.mailtrace.gateway.words;

/** Every sentence about a call-back. */
public final class CallbackWords {
    public static final String NO_SECRET =
            "This gateway calls nobody back, because it has no secret to sign with; look at the report instead.";
    public static final String HTTPS = "Use an address that begins with https://.";
    public static final String SCHEME = "Use an address that begins with https:// or http://.";
    public static final String FORM =
            "Use an address such as https://host.example/path, of at most 2000 characters, without a name or password and"
                    + " without #.";
    public static final String ODD_ADDRESS = "Write the host as a name, or as a plain address such as 8.8.4.4.";
    public static final String PRIVATE =
            "This host has an address that is not on the Internet; an administrator can allow it by"
                    + " mailtrace.callbacks.allowed.";

    public static final String TAKEN = "It was taken.";
    public static final String GONE = "The address says that it is gone; it is not called again.";
    public static final String REDIRECTED = "The address sent the call elsewhere; redirects are not followed.";
    public static final String NOT_TAKEN = "The address did not take it.";
    public static final String NO_NAME = "The host's name has no address at the moment.";
    public static final String LATE = "The address did not answer in time.";
    public static final String UNREACHABLE = "The address could not be reached, or gave no answer.";
    public static final String UNTRUSTED = "The host's certificate is not trusted, or not made for that name.";
    public static final String BROKEN_OFF = "The call-back failed by an error of the gateway.";

    private CallbackWords() {}
}
