/** Owns Proofpoint: its protocols, its words and what they mean. */
package org.mailtrace.proofpoint;
