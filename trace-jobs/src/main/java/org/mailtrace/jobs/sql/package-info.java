/** What the stores have in common: how jobs are read from rows, and how times and requests are kept. */
package org.mailtrace.jobs.sql;
