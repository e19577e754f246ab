/** Plays Proofpoint's REST interface: Smart Search and the quarantine, with the habits that their clients must know. */
package org.mailtrace.standins.proofpoint;
