/** One filtered message in the columns that Smart Search and the log stream have in common. */
package org.mailtrace.proofpoint.row;
