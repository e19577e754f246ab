/** What an administrator configures, and the checks that stop a start with a wrong setting. */
package org.mailtrace.proofpoint.settings;
