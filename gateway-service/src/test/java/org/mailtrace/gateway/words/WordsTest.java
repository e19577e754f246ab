package org.mailtrace.gateway.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mailtrace.contract.RelatedMessage.Relation;
import org.mailtrace.gateway.Flow;

class WordsTest {
    private final Words words = new Words(Flow.settings(), Flow.CLOCK);

    @Test
    void whatTwoMessagesAreToEachOtherIsSaidWithoutKnowingWhyTheSecondWasMade() {
        assertThat(words.related(Relation.ORIGINAL)).isEqualTo("This message reports on that one or was made from it.");
        assertThat(words.related(Relation.DERIVED))
                .isEqualTo("A report on this message, a copy of it, or one that a rule made from it.");
    }
}
