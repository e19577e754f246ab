/** One question to many sources at once: clients, guards, rounds, and one deadline over all. */
package org.mailtrace.gateway.ask;
