/** The addresses of the gateway and the use cases behind them. */
package org.mailtrace.gateway.search;
