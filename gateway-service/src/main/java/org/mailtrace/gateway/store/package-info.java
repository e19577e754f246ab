/** Where the gateway keeps what outlives a request, and the threads that work it off. */
package org.mailtrace.gateway.store;
