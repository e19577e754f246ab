package org.mailtrace.postgresql;

/** Where a service keeps what outlives its processes; chosen when it starts. */
public enum StoreKind {
    /** In a file on a local disk, which processes on one machine may share. */
    SQLITE,
    /** In a PostgreSQL database, which replicas on many machines share. */
    POSTGRESQL
}
