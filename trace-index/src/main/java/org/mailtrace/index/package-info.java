/**
 * Where log-fed sources keep what they read: the port {@link org.mailtrace.index.TraceIndex}, its stores in
 * SQLite and on PostgreSQL, checkpoints, dead letters and how far the evidence goes. It knows messages, addresses and ids, and no vendor.
 */
package org.mailtrace.index;
