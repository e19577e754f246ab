package org.mailtrace.onprem.live.wsman;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the JDK looks up by name for Kerberos, for the native executable: the login module, the mechanisms of the provider
 * SunJGSS (see {@code native-image.properties} of this service), and what a login leaves in the subject.
 */
@RegisterForReflection(
        classNames = {
            "com.sun.security.auth.module.Krb5LoginModule",
            "sun.security.jgss.SunProvider",
            "sun.security.jgss.krb5.Krb5MechFactory",
            "sun.security.jgss.spnego.SpNegoMechFactory",
            "javax.security.auth.kerberos.KerberosPrincipal",
            "javax.security.auth.kerberos.KerberosTicket",
            "javax.security.auth.kerberos.KerberosKey",
            "javax.security.auth.kerberos.KeyTab"
        })
final class KerberosInNative {
    private KerberosInNative() {}
}
