/** Smart Search over REST: which requests answer a question, and the rows they bring. */
package org.mailtrace.proofpoint.smartsearch;
