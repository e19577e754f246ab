package org.mailtrace.standins.shell;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/** The accepting half of SPNEGO, by the JDK; what it is made of is read from a key table, without asking anybody. */
final class SpnegoAcceptor {
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";
    private static final String SPNEGO = "1.3.6.1.5.5.2";

    private final Subject subject = new Subject();

    SpnegoAcceptor(String service, Path keys) throws LoginException {
        new LoginContext("server", subject, null, new FromKeys(service, keys)).login();
    }

    /**
     * Takes a client's first token, which is all that Kerberos needs.
     *
     * @throws GSSException if it proves nothing
     */
    Accepted accept(byte[] token) throws GSSException {
        try {
            return Subject.callAs(subject, () -> {
                GSSManager manager = GSSManager.getInstance();
                GSSContext context = manager.createContext(manager.createCredential(
                        null, GSSCredential.DEFAULT_LIFETIME, new Oid(SPNEGO), GSSCredential.ACCEPT_ONLY));
                byte[] reply = context.acceptSecContext(token, 0, token.length);
                return new Accepted(
                        context,
                        Base64.getEncoder().encodeToString(reply),
                        context.getSrcName().toString());
            });
        } catch (CompletionException e) {
            if (e.getCause() instanceof GSSException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /**
     * What was agreed on.
     *
     * @param reply the token by which the server proves itself, in Base64
     * @param account the principal that proved itself
     */
    record Accepted(GSSContext context, String reply, String account) {}

    /** The login module's options without a file for them. */
    private static final class FromKeys extends Configuration {
        private final String service;
        private final Path keys;

        FromKeys(String service, Path keys) {
            this.service = service;
            this.keys = keys;
        }

        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(
                        MODULE,
                        AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                        Map.of(
                                "principal", service,
                                "useKeyTab", "true",
                                "keyTab", keys.toString(),
                                "storeKey", "true",
                                "isInitiator", "false"))
            };
        }
    }
}
