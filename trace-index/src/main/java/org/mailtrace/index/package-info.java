/** Where log-fed sources keep their observations: the port, SQLite, checkpoints and dead letters. */
package org.mailtrace.index;
