/**
 * Jobs and budgets in a PostgreSQL database that replicas on many machines share. Whatever decides takes the row or the
 * budget first and reads the time after it; that time is the database's.
 */
package org.mailtrace.jobs.postgresql;
