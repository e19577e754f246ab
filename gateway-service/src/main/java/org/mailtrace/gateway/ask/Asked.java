package org.mailtrace.gateway.ask;

import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;

/** One question that one source was asked, and what it answered. */
public record Asked(Question question, SourceAnswer answer) {}
