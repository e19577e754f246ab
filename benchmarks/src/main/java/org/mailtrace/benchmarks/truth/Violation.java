package org.mailtrace.benchmarks.truth;

import java.util.Set;

/**
 * Something was said that is not so, or that nobody who lives could know.
 *
 * @param rule which demand it breaks
 * @param said by the gateway
 * @param really by the flow's truth
 */
record Violation(Question question, Set<String> dead, String rule, String said, String really) {
    @Override
    public String toString() {
        return "WRONG " + rule + " flow=" + question.flow().id() + " family="
                + question.flow().family() + " dead=" + dead + " asked by " + question.kind() + " "
                + question.parameters() + "\n    said:   " + said + "\n    really: " + really;
    }
}
