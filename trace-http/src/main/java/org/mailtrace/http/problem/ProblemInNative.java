package org.mailtrace.http.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.Problem;

/** Problem documents leave through mappers, whose signatures do not tell a native executable what is written. */
@RegisterForReflection(targets = {Problem.class, Fault.class})
final class ProblemInNative {
    private ProblemInNative() {}
}
