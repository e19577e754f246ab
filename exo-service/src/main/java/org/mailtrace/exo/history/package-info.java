/**
 * Exchange Online's historical search: an optional second way to a thorough report, which Microsoft prepares as a CSV
 * file over some hours. What such a file says about messages becomes rows and events as every other interface gives them.
 */
package org.mailtrace.exo.history;
