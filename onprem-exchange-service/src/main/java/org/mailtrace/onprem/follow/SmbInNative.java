package org.mailtrace.onprem.follow;

import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.session.Session;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What smbj looks up by name at run time, for the native executable: the handlers of its event bus (mbassador) and the
 * authenticator that its default settings name.
 */
@RegisterForReflection(
        targets = {SMBClient.class, Connection.class, Session.class},
        classNames = {
            "com.hierynomus.smbj.auth.SpnegoAuthenticator$Factory",
            "net.engio.mbassy.dispatch.ReflectiveHandlerInvocation",
            "net.engio.mbassy.listener.Handler",
            "net.engio.mbassy.listener.Listener"
        })
final class SmbInNative {
    private SmbInNative() {}
}
