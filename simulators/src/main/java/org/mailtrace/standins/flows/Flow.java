package org.mailtrace.standins.flows;

/**
 * A generated flow.
 *
 * @param stories its messages in the story format, without the organisation
 */
public record Flow(String stories, FlowTruth truth) {}
