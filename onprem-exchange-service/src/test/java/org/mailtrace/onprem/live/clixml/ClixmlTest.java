package org.mailtrace.onprem.live.clixml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClixmlTest {
    @Test
    void writesAndReadsEveryCharacter() {
        // given
        String text = "a\r\n\t\u0000\u001F_x0041_ _X000A_ \uD801\uDC37 <&>\" \uFFFE é _";

        // when
        String xml = new ClixmlWriter().simple("S", "", text).text();

        // then
        assertThat(ClixmlReader.read(xml).text()).isEqualTo(text);
        assertThat(xml).doesNotContain("\u0000", "\uD801");
    }

    @Test
    void readsWindowsEscapesOfSurrogatesAndUnderscores() {
        assertThat(ClixmlReader.read("<S>_xD801__xDC37_ _x005F_x000A_ _x00</S>").text())
                .isEqualTo("\uD801\uDC37 _x000A_ _x00");
    }

    @Test
    void refusesDocumentTypesEntitiesAndDepth() {
        for (String document : List.of(
                "<!DOCTYPE S [<!ENTITY a \"b\">]><S>&a;</S>",
                "<!DOCTYPE S SYSTEM \"file:///etc/passwd\"><S>x</S>",
                "<S>&xxe;</S>",
                "<Obj RefId=\"0\"><LST>".repeat(5000),
                "",
                "<S>not closed")) {
            assertThatThrownBy(() -> ClixmlReader.read(document)).isInstanceOf(UnreadableXmlException.class);
        }
    }

    @Test
    void followsReferencesBackwardsOnly() {
        // given
        String xml = "<Obj RefId=\"0\"><MS><Obj N=\"A\" RefId=\"1\"><S>x</S></Obj><Ref N=\"B\" RefId=\"1\" />"
                + "<Ref N=\"Self\" RefId=\"0\" /></MS></Obj>";

        // when
        ClixmlValue value = ClixmlReader.read(xml);

        // then
        assertThat(value.member("B").orElseThrow().text()).isEqualTo("x");
        assertThat(value.member("Self").orElseThrow()).isEqualTo(new ClixmlValue.Nothing());
    }

    @Test
    @Timeout(10)
    void neverHangsOrThrowsAnythingElseOnDamagedText() {
        // given
        String whole =
                "<Obj RefId=\"0\"><TN RefId=\"0\"><T>A</T></TN><ToString>t</ToString><Props><S N=\"X\">_x0041_</S>"
                        + "<Obj N=\"L\" RefId=\"1\"><LST><S>a</S><Nil /></LST></Obj><Obj N=\"D\" RefId=\"2\"><DCT><En><S N=\"Key\">k"
                        + "</S><S N=\"Value\">v</S></En></DCT></Obj></Props></Obj>";
        Random random = new Random(42);
        int read = 0;

        // when
        for (int i = 0; i < 3000; i++) {
            StringBuilder damaged = new StringBuilder(whole);
            for (int cuts = random.nextInt(3); cuts >= 0; cuts--) {
                int at = random.nextInt(damaged.length() - 1);
                damaged.delete(at, Math.min(damaged.length() - 1, at + random.nextInt(20)));
            }
            try {
                ClixmlReader.read(damaged.toString());
                read++;
            } catch (UnreadableXmlException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }

        // then
        assertThat(read).isLessThan(3000);
    }
}
