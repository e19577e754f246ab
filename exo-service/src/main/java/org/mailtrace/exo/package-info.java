/** Owns Exchange Online: its protocols, its words and what they mean. */
package org.mailtrace.exo;
