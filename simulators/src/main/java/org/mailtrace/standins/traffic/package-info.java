/** Counts what the services ask, and lets tests break the answers. */
package org.mailtrace.standins.traffic;
