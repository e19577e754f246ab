package org.mailtrace.gateway.ask;

import java.util.function.Function;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;

/**
 * One call to a source.
 *
 * @param question what it answers
 * @param work makes the call; it never throws, because every failure is a state; what it reads is weighed
 */
record Call(Source source, Question question, Function<Load, SourceAnswer> work) {}
