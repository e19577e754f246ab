/**
 * Call-backs by the Standard Webhooks convention: signed, thin, tried again, and never sent to where nobody meant them to
 * go.
 */
package org.mailtrace.gateway.callback;
