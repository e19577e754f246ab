package org.mailtrace.index.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private static final String SAMPLE = "a,b,c,SMTP,RECEIVE";

    @Test
    void everyBodyComesBackAsItWas() {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Press press = new Press(SAMPLE)) {
            for (int round = 0; round < 300; round++) {
                List<Block.Row> rows = new ArrayList<>();
                int count = 1 + random.nextInt(12);
                for (int i = 0; i < count; i++) {
                    rows.add(new Block.Row(
                            random.nextLong(),
                            random.nextLong() >> random.nextInt(60),
                            "EXCH0" + random.nextInt(3),
                            random.nextBoolean(),
                            body(random)));
                }

                // when
                byte[] block = Block.write(rows, press);

                // then
                assertThat(shown(Block.read(block, press))).as("seed " + seed).isEqualTo(shown(rows));
            }
        }
    }

    @Test
    void whatIsRepeatedTakesNoRoom() {
        // given
        byte[] body = "2026-11-23T08:00:00.000Z,EXCH01,SMTP,RECEIVE,<a@b.example>,Quarterly report"
                .getBytes(StandardCharsets.UTF_8);
        Columns columns = new Columns();
        Bytes out = new Bytes();
        columns.write(body, out);
        int first = out.length();

        // when
        columns.write(body, out);

        // then
        assertThat(out.length() - first).isLessThan(5);
    }

    @Test
    void aFlippedBitIsAnErrorAndNeverAnotherRow() {
        // given
        Random random = new Random(5);
        try (Press press = new Press(SAMPLE)) {
            List<Block.Row> rows = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                rows.add(new Block.Row(i, i, "EXCH01", false, body(random)));
            }
            byte[] block = Block.write(rows, press);
            for (int i = 0; i < block.length; i++) {
                byte[] flipped = block.clone();
                flipped[i] ^= (byte) (1 << random.nextInt(8));

                // when, then
                assertThatThrownBy(() -> Block.read(flipped, press)).isInstanceOf(DamagedRowException.class);
            }
        }
    }

    private static List<String> shown(List<Block.Row> rows) {
        return rows.stream()
                .map(row -> row.key() + " " + row.at() + " " + row.part() + " " + row.noise() + " " + row.text())
                .toList();
    }

    /** Cells of which few differ, now and then other cells, empty ones, no text at all, or many. */
    private static byte[] body(Random random) {
        StringBuilder body = new StringBuilder();
        int cells = random.nextInt(4) == 0 ? random.nextInt(60) : 6;
        for (int i = 0; i < cells; i++) {
            body.append(i == 0 ? "" : ",");
            switch (random.nextInt(8)) {
                case 0 -> body.append(random.nextInt());
                case 1 -> body.append("\"x, ").append(random.nextInt(3)).append(" Ü📦\n\"");
                case 2 -> {}
                default -> body.append("cell").append(i);
            }
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
