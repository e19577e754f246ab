package org.mailtrace.exo.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.mailtrace.exo.trace.Costs;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;

/** Shows a report to whoever takes a file in for it. */
@ApplicationScoped
class JobsDesk implements ReportDesk {
    private final Jobs jobs;
    private final ReportJson json;
    private final Costs costs;

    JobsDesk(Jobs jobs, ReportJson json, Costs costs) {
        this.jobs = jobs;
        this.json = json;
        this.costs = costs;
    }

    @Override
    public Optional<Ordered> find(String id) {
        return jobs.find(id)
                .filter(job -> job.kind().equals(Reports.KIND) && job.state() != JobState.EXPIRED)
                .map(this::ordered);
    }

    private Ordered ordered(Job job) {
        Optional<String> memory = job.checkpoint()
                .flatMap(text -> json.read(text, Checkpoint.class).memory())
                .filter(text -> !text.isEmpty());
        return new Ordered(
                job.owner(),
                job.state().isOver(),
                Assignment.of(job, json, costs).question(),
                memory);
    }
}
