/**
 * The index in a PostgreSQL schema that replicas share: one row per message in a partition for each day, dropped as a
 * whole when its time has come; trigrams over subjects; claims on what is read.
 */
package org.mailtrace.index.postgresql;
