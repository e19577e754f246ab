/** The door of a source service: the same three addresses for every source, in front of one port. */
package org.mailtrace.source;
