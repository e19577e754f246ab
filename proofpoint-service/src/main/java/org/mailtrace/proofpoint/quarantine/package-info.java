/** The quarantine folders: whether a message that was held is still there. Never reads a message's body. */
package org.mailtrace.proofpoint.quarantine;
