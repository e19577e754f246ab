/** What is claimed about speed, as programs that anyone can run again; see the README of this module. */
package org.mailtrace.benchmarks;
