/** When certificates end, as metrics: nobody should learn it from a service that is refused. */
package org.mailtrace.http.certificate;
