/** What an operator sets, checked at start. */
package org.mailtrace.gateway.settings;
