/** Speaks Microsoft Graph's message trace: filters, pages, details, errors. */
package org.mailtrace.exo.graph;
