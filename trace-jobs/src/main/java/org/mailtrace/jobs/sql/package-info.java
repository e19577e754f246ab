/** What the stores have in common: how jobs are taken in, held, read and expired, and how requests are counted. */
package org.mailtrace.jobs.sql;
