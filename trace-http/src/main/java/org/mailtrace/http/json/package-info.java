/** The JSON rules of the contract: absent fields left out, lists always there, instants in UTC with three digits. */
package org.mailtrace.http.json;
