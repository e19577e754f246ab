/** Which store jobs are kept in, as a service is told when it starts. */
package org.mailtrace.jobs.store;
