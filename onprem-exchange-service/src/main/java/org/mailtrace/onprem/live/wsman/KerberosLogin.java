package org.mailtrace.onprem.live.wsman;

import com.sun.security.auth.module.Krb5LoginModule;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;

/**
 * Kerberos by the JDK: a ticket for a user out of a key table, and contexts towards a server. Where the realm's servers
 * are stands in {@code krb5.conf}, as everywhere.
 */
public final class KerberosLogin {
    private static final String SPNEGO = "1.3.6.1.5.5.2";

    private final String user;
    private final Path keytab;
    private Optional<Subject> subject = Optional.empty();

    /**
     * @param user the user principal name, such as {@code svc-trace@RIVERCOUNTY.EXAMPLE}
     * @param keytab its key table
     */
    public KerberosLogin(String user, Path keytab) {
        this.user = user;
        this.keytab = keytab;
    }

    /**
     * A context towards a host's web server that proves who asks and, where wanted, encrypts.
     *
     * @throws RefusedException if there is no ticket
     */
    GSSContext context(String host) {
        try {
            return Subject.callAs(subject(), () -> {
                GSSManager manager = GSSManager.getInstance();
                GSSName server = manager.createName("HTTP@" + host, GSSName.NT_HOSTBASED_SERVICE);
                GSSContext context = manager.createContext(server, new Oid(SPNEGO), null, GSSContext.DEFAULT_LIFETIME);
                context.requestMutualAuth(true);
                context.requestConf(true);
                context.requestInteg(true);
                context.requestCredDeleg(false);
                return context;
            });
        } catch (LoginException | java.util.concurrent.CompletionException e) {
            throw new RefusedException(RefusedException.Reason.NO_TICKET, e);
        }
    }

    /**
     * The next token for the server.
     *
     * @throws RefusedException if there is no ticket, or the server's token is not its own
     */
    byte[] token(GSSContext context, byte[] fromServer) {
        try {
            return Subject.callAs(subject(), () -> context.initSecContext(fromServer, 0, fromServer.length));
        } catch (LoginException | java.util.concurrent.CompletionException e) {
            forget();
            throw new RefusedException(RefusedException.Reason.NO_TICKET, e);
        }
    }

    private synchronized void forget() {
        subject = Optional.empty();
    }

    private synchronized Subject subject() throws LoginException {
        if (subject.isEmpty() || isOver(subject.get())) {
            subject = Optional.of(loggedIn());
        }
        return subject.get();
    }

    private static boolean isOver(Subject subject) {
        return subject.getPrivateCredentials(javax.security.auth.kerberos.KerberosTicket.class).stream()
                .anyMatch(ticket -> !ticket.isCurrent());
    }

    /**
     * By the login module itself: a login context would have every module of the JDK looked up by name, and a native
     * executable has none but this one.
     */
    private Subject loggedIn() throws LoginException {
        Subject fresh = new Subject();
        Krb5LoginModule module = new Krb5LoginModule();
        try {
            module.initialize(fresh, null, new HashMap<>(), options());
            module.login();
            module.commit();
            return fresh;
        } catch (LoginException e) {
            module.abort();
            throw e;
        } catch (RuntimeException e) {
            // Such as a user's name that is none.
            LoginException failed = new LoginException("The login did not work.");
            failed.initCause(e);
            throw failed;
        }
    }

    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put("principal", user);
        options.put("useKeyTab", "true");
        options.put("keyTab", keytab.toString());
        options.put("storeKey", "false");
        options.put("doNotPrompt", "true");
        options.put("isInitiator", "true");
        // A native executable may have read the builder's krb5.conf while it was built.
        options.put("refreshKrb5Config", "true");
        return options;
    }
}
