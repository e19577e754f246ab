package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a job found, group by group and page by page. */
class FindingsTest extends OnEveryEngine {
    @Test
    void ordersGroupsByTheirEarliestFindingLatestFirst() {
        // given
        Job job = submit("alex");
        claim().commit(step(
                "page 1",
                finding("early", "3", NOON.plusSeconds(1)),
                finding("early", "1", NOON.plusSeconds(9)),
                finding("tie-b", "4", NOON.plusSeconds(5)),
                finding("tie-a", "5", NOON.plusSeconds(5)),
                finding("late", "2", NOON.plusSeconds(7).plusNanos(999_999))));

        // when
        List<FindingGroup> groups = jobs.findings(job.id(), Optional.empty(), 10);

        // then
        assertThat(groups).extracting(FindingGroup::key).containsExactly("late", "tie-a", "tie-b", "early");
        assertThat(groups)
                .extracting(FindingGroup::firstAt)
                .containsExactly(NOON.plusSeconds(7), NOON.plusSeconds(5), NOON.plusSeconds(5), NOON.plusSeconds(1));
        assertThat(groups.getLast().findings())
                .containsExactly(
                        finding("early", "1", NOON.plusSeconds(9)), finding("early", "3", NOON.plusSeconds(1)));
        assertThat(jobs.countGroups(job.id())).isEqualTo(4);
    }

    @Test
    void replacesAFindingAndMovesItsGroupInBothDirections() {
        // given
        Job job = submit("alex");
        Lease lease = claim();
        lease.commit(step("1", finding("g", "a", NOON), finding("g", "b", NOON.plusSeconds(5))));

        // when: the earliest one turns out to be later
        lease.commit(step("2", finding("g", "a", NOON.plusSeconds(9))));

        // then
        assertThat(only(job).firstAt()).isEqualTo(NOON.plusSeconds(5));
        assertThat(only(job).findings()).hasSize(2);

        // and: earlier again
        lease.commit(step("3", finding("g", "b", NOON.minusSeconds(1))));
        assertThat(only(job).firstAt()).isEqualTo(NOON.minusSeconds(1));
    }

    @Test
    void movesAFindingToAnotherGroupAndDropsAGroupThatIsEmpty() {
        // given
        Job job = submit("alex");
        Lease lease = claim();
        lease.commit(step("1", finding("g", "a", NOON), finding("g", "b", NOON.plusSeconds(5))));

        // when, then
        lease.commit(step("2", finding("h", "a", NOON)));
        assertThat(jobs.findings(job.id(), Optional.empty(), 10))
                .containsExactly(
                        new FindingGroup("g", NOON.plusSeconds(5), List.of(finding("g", "b", NOON.plusSeconds(5)))),
                        new FindingGroup("h", NOON, List.of(finding("h", "a", NOON))));

        // and
        lease.commit(step("3", finding("h", "b", NOON.plusSeconds(5))));
        assertThat(only(job).key()).isEqualTo("h");
        assertThat(jobs.countGroups(job.id())).isEqualTo(1);
    }

    @Test
    void takesTheLaterOfTwoFindingsWithOneKeyInOneStep() {
        // given
        Job job = submit("alex");

        // when
        claim().commit(step("1", finding("g", "a", NOON), finding("h", "a", NOON.plusSeconds(1))));

        // then
        assertThat(only(job).key()).isEqualTo("h");
    }

    @Test
    void keepsFindingsOfJobsApart() {
        // given
        Job first = submit("alex");
        Job second = submit("alex");
        claim().commit(step("1", finding("g", "a", NOON)));
        claim().commit(step("1", finding("g", "a", NOON.plusSeconds(1))));

        // then
        assertThat(only(first).firstAt()).isEqualTo(NOON);
        assertThat(only(second).firstAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(jobs.findings("unknown", Optional.empty(), 10)).isEmpty();
        assertThat(jobs.countGroups("unknown")).isZero();
    }

    @Test
    void pagesThroughEveryGroupOnceAlsoWhereAllHaveOneTime() {
        // given
        Job job = submit("alex");
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            findings.add(finding("g" + i, "k" + i, i < 70 ? NOON : NOON.plusSeconds(i)));
        }
        claim().commit(new Step("1", "", findings));

        // when
        List<String> seen = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        List<FindingGroup> page = jobs.findings(job.id(), after, 7);
        while (!page.isEmpty()) {
            page.forEach(group -> seen.add(group.key()));
            after = Optional.of(
                    new Place(page.getLast().firstAt(), page.getLast().key()));
            page = jobs.findings(job.id(), after, 7);
        }

        // then
        assertThat(seen).hasSize(100).doesNotHaveDuplicates();
        assertThat(seen.getFirst()).isEqualTo("g99");
    }
}
