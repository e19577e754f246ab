/** What every request carries in and out: its id, and its parameters as the contract reads them. */
package org.mailtrace.http.request;
