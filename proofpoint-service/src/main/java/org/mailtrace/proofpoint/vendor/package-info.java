/** One door to the Proofpoint cluster: credentials, TLS, bounded answers, and what its errors mean. */
package org.mailtrace.proofpoint.vendor;
