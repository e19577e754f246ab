/** Every sentence that the gateway says, in one dictionary. */
package org.mailtrace.gateway.words;
