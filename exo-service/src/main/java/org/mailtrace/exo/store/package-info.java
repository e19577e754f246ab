/** The file in which the service keeps what has to outlive a process: its jobs and what it spent from the quota. */
package org.mailtrace.exo.store;
