package org.mailtrace.gateway.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuditWordsTest {
    @Test
    void aTextThatIsCutSaysSoAndHoldsNoHalfCharacter() {
        // given
        String longest = "a".repeat(8_000);
        String inTheMiddle = "a".repeat(7_999) + "\ud83d\udce7 and more";

        // then
        assertThat(AuditWords.shown(longest)).isEqualTo(longest);
        assertThat(AuditWords.shown(longest + "b")).isEqualTo(longest + "...");
        assertThat(AuditWords.shown(inTheMiddle)).isEqualTo("a".repeat(7_999) + "...");
    }

    @Test
    void anUnbrokenChainIsNotSaidToProveMoreThanItDoes() {
        assertThat(AuditWords.chain(0, 7))
                .startsWith("Every record fits the one before it.")
                .contains("newest", "moved away", "written anew", "only the copy that was shipped off tells");
        assertThat(AuditWords.chain(0, 0))
                .startsWith("There is no record in this file.")
                .contains("only the copy that was shipped off tells")
                .doesNotContain("Every record");
    }

    @Test
    void aFileThatCannotBeReadMayBeMissing() {
        assertThat(AuditWords.CANNOT_BE_READ).contains("damaged or missing");
    }

    @Test
    void aBrokenChainMayComeFromAnOutage() {
        assertThat(AuditWords.chain(3, 7))
                .startsWith("Record 3 does not fit the one before it")
                .contains("or a record was written only in part");
        assertThat(AuditWords.chain(1, 7)).startsWith("Record 1 is not the beginning of a file");
    }
}
