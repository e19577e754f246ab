/** Stand-ins that speak the vendors' real protocols and play stories with a known fate. */
package org.mailtrace.standins;
