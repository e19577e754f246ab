package org.mailtrace.jobs.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.NewJob;

class SlowDatabaseTest {
    private final String address = Schemas.anew();

    @Test
    void saysThatAStatementTookTooLongAndHasChangedNothing() throws SQLException {
        // given
        try (JobStore store = PostgresqlStore.open(
                        Schemas.settings(address).within(Duration.ofSeconds(1), Duration.ofSeconds(5)));
                Connection other = Schemas.connect(address)) {
            Jobs jobs = store.jobs();
            Job job = jobs.submit(new NewJob("report", "alex", Optional.empty(), "a", "", Duration.ofDays(7)))
                    .job();
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("SELECT 1 FROM job FOR UPDATE");
            }

            // then
            assertThatThrownBy(() -> jobs.cancel(job.id()))
                    .isInstanceOf(JobsException.class)
                    .hasMessage("The job store took too long to answer and was not waited for any longer.");
            assertThat(jobs.find(job.id())).contains(job);

            // and
            other.rollback();
            assertThat(jobs.cancel(job.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        }
    }
}
