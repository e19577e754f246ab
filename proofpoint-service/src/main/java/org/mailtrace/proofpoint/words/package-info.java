/** Every sentence that a person reads from this service, in one place. */
package org.mailtrace.proofpoint.words;
