/** A real PostgreSQL server for tests. */
package org.mailtrace.postgresql.testkit;
