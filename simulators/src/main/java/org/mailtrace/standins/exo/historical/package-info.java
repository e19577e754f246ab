/**
 * Plays historical searches: jobs that are submitted, wait, run and leave a file, which is handed to people at a browser
 * and, so far as anybody has shown, to nobody else.
 */
package org.mailtrace.standins.exo.historical;
