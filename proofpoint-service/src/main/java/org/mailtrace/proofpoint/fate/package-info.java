/** What became of a message: the decision table from the filter's verdict, the MTA's line and the quarantine to a status. */
package org.mailtrace.proofpoint.fate;
