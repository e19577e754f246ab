/** The index in one SQLite file: write-ahead log, one writer, a few readers, a trigram index over subjects. */
package org.mailtrace.index.sqlite;
