/**
 * Jobs and budgets in one SQLite file that several processes of a machine share: write-ahead log, and the right to write
 * is taken before anything is read that a decision rests on.
 */
package org.mailtrace.jobs.sqlite;
