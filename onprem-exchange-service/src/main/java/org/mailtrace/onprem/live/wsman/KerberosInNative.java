package org.mailtrace.onprem.live.wsman;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the JDK looks up by name for Kerberos, for the native executable: the mechanisms of the provider SunJGSS (see
 * {@code native-image.properties} of this service), the look-up of a realm's servers in DNS, and what a login leaves in the
 * subject. The JDK copies a context field by field: its fields stand in {@code reachability-metadata.json}, without which
 * the copy would be empty.
 */
@RegisterForReflection(
        classNames = {
            "sun.security.jgss.SunProvider",
            "sun.security.jgss.spi.MechanismFactory",
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
