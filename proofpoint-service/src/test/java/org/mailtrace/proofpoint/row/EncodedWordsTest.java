package org.mailtrace.proofpoint.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Autumn offers|Autumn offers",
                "=?UTF-8?B?R3LDvMOfZQ==?=|Grüße",
                "=?utf-8?q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=|Grüße aus Köln",
                "=?ISO-8859-1?Q?a=E9?= tail|aé tail",
                "Re: =?iso-8859-15?Q?100_=A4?=|Re: 100 €",
                "=?UTF-8*de?Q?Gr=C3=BC=C3=9Fe?=|Grüße",
                "=?UTF-8?Q?one?= =?UTF-8?Q?two?=|onetwo",
                "=?UTF-8?Q?one?= and =?UTF-8?Q?two?=|one and two",
                "=?UTF-8?B?R3LD?= =?UTF-8?B?vMOfZQ==?=|Grüße",
            })
    void readsEncodedWordsAsAReaderSeesThem(String sent, String read) {
        assertThat(EncodedWords.decode(sent)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "=?x-klingon?Q?nuqneH?=",
        "=?UTF-8?B?!!!?=",
        "=?UTF-8?Q?broken=G1?=",
        "=?UTF-8?Q?cut=C3?=",
        "=?UTF-8?Q?end=C?=",
        "=?UTF-8?X?what?=",
        "=?UTF-8?Q?never closed",
        "why =? not",
    })
    void leavesWhatItCannotReadAsItWasSent(String sent) {
        assertThat(EncodedWords.decode(sent)).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"=?UTF-8?Q?a=0D=0AX-Evil:_b?=,a X-Evil: b"})
    void letsNoLineEndOutOfAnEncodedWord(String sent, String read) {
        assertThat(EncodedWords.decode(sent)).isEqualTo(read);
    }
}
