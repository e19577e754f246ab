/**
 * How the stores of the services use PostgreSQL 15 and later: settings, connections, transactions that are repeated where
 * that is safe, and tables that replicas make together. It knows neither mail nor jobs.
 */
package org.mailtrace.postgresql;
