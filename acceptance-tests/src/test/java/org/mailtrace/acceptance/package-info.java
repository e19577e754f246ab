/** Mailtrace as a stranger meets it: the packaged services, a real Keycloak, and nothing but HTTP and {@code ./mailtrace}. */
package org.mailtrace.acceptance;
