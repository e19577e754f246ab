/** Keeps the service inside the tenant's quota of trace requests. */
package org.mailtrace.exo.quota;
