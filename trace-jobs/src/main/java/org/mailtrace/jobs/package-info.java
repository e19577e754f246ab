/**
 * Work that outlives the request that asked for it and the process that does it, and what several processes of one
 * service share: the port {@link org.mailtrace.jobs.Jobs}, the budget {@link org.mailtrace.jobs.SharedBudget}, and their
 * stores in SQLite and PostgreSQL. It knows neither mail nor vendors.
 */
package org.mailtrace.jobs;
