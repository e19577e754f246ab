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
        assertThat(AuditWords.intact(7, true))
                .startsWith("Every record fits the one before it.")
                .contains("newest", "moved away", "written anew", "only the copy that was shipped off tells");
        assertThat(AuditWords.intact(0, true))
                .startsWith("There is no record here.")
                .contains("only the copy that was shipped off tells")
                .doesNotContain("Every record");
    }

    @Test
    void filesThatWereReadAsAWholeEarlierAreNotSaidToHaveBeenReadNow() {
        assertThat(AuditWords.intact(7, false)).contains("as the files were when they were last read as a whole");
        assertThat(AuditWords.broken("east.jsonl", 3, 2))
                .contains("The file is east.jsonl, and 2 others are broken as well.");
    }

    @Test
    void aFileThatCannotBeReadMayBeMissing() {
        assertThat(AuditWords.CANNOT_BE_READ).contains("damaged or missing");
    }

    @Test
    void aBrokenChainMayComeFromAnOutage() {
        assertThat(AuditWords.broken("east.jsonl", 3, 0))
                .startsWith("Record 3 does not fit the one before it")
                .contains("or a record was written only in part");
        assertThat(AuditWords.broken("east.jsonl", 1, 0)).startsWith("Record 1 is not the beginning of a file");
    }
}
