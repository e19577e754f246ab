/**
 * Judges the gateway's answers about generated mail flows. The judge knows what really became of each message and which
 * sources were down, and nothing of how the gateway concludes.
 */
package org.mailtrace.benchmarks.truth;
