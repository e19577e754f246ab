/** Questions answered from the log stream's records that are in the index, and how far those records reach. */
package org.mailtrace.proofpoint.recorded;
