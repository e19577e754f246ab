package org.mailtrace.onprem.live.wsman;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the JDK looks up by name for Kerberos, for the native executable: the login module, the mechanisms of the provider
 * SunJGSS (see {@code native-image.properties} of this service), the look-up of a realm's servers in DNS, and what a login
 * leaves in the subject.
 */
@RegisterForReflection(
        classNames = {
            "com.sun.security.auth.module.Krb5LoginModule",
            "sun.security.jgss.SunProvider",
            "sun.security.jgss.krb5.Krb5MechFactory",
            "sun.security.jgss.spnego.SpNegoMechFactory",
            "com.sun.jndi.url.dns.dnsURLContextFactory",
            "javax.security.auth.kerberos.KerberosPrincipal",
            "javax.security.auth.kerberos.KerberosTicket",
            "javax.security.auth.kerberos.KerberosKey",
            "javax.security.auth.kerberos.KeyTab"
        })
final class KerberosInNative {
    private KerberosInNative() {}
}
