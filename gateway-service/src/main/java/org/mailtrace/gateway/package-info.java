/** Asks every source at once, joins what they saw, concludes, and never claims more than was looked at. */
package org.mailtrace.gateway;
