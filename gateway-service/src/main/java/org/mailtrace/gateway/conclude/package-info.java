/** From what the sources saw to one outcome for each recipient: rules in order, first match wins. */
package org.mailtrace.gateway.conclude;
