/** The shape of what the gateway answers; section 4 of the contract. */
package org.mailtrace.gateway.answer;
