/** Gets access tokens for Microsoft Graph from Microsoft Entra ID, one request at a time, and knows why one is refused. */
package org.mailtrace.exo.token;
