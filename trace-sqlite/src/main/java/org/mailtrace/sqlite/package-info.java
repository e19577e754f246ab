/**
 * How the stores of the services open files of SQLite, and what its errors are. It knows neither mail nor jobs.
 */
package org.mailtrace.sqlite;
