package org.mailtrace.exo.report;

import org.mailtrace.contract.SourceState;

/**
 * Why some of a report is missing.
 *
 * @param why one sentence
 */
record Gap(SourceState state, String why) {}
