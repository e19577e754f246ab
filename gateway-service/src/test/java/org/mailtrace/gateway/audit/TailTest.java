package org.mailtrace.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void begin() throws IOException {
        file = directory.resolve("lines");
        Files.writeString(file, "one\ntwo\n");
    }

    @Test
    void whatFoundNoRoomOnTheDiskIsTakenBack() throws IOException {
        // when
        try (SeekableByteChannel disk = new FullDisk(open(), 3)) {
            assertThatThrownBy(() -> new Tail(disk).add(bytes("three"))).isInstanceOf(IOException.class);
        }

        // then
        assertThat(file).hasContent("one\ntwo\n");
    }

    @Test
    void halfALineIsLeftAsItWasWhenTheNextOneFindsNoRoom() throws IOException {
        // given
        Files.writeString(file, "one\nha");

        // when
        try (SeekableByteChannel disk = new FullDisk(open(), 3)) {
            assertThatThrownBy(() -> new Tail(disk).add(bytes("three"))).isInstanceOf(IOException.class);
        }

        // then
        assertThat(Files.readString(file)).isEqualTo("one\nha");
    }

    @Test
    void knowsTheLastLineWhetherItIsWholeHalfLongOrNone() throws IOException {
        String lengthy = "x".repeat(20_000);
        assertThat(lastLineOf("")).isEmpty();
        assertThat(lastLineOf("one\n")).isEqualTo("one");
        assertThat(lastLineOf("one\ntwo\n")).isEqualTo("two");
        assertThat(lastLineOf("one\nha")).isEqualTo("ha");
        assertThat(lastLineOf("one\n" + lengthy + "\n")).isEqualTo(lengthy);
    }

    private String lastLineOf(String content) throws IOException {
        Files.writeString(file, content);
        try (FileChannel channel = open()) {
            return new String(new Tail(channel).lastLine(), StandardCharsets.UTF_8);
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A disk on which there is room for a few bytes yet. */
    private static final class FullDisk implements SeekableByteChannel {
        private final FileChannel file;
        private int room;

        FullDisk(FileChannel file, int room) {
            this.file = file;
            this.room = room;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            int written = file.write(bytes.slice(bytes.position(), Math.min(room, bytes.remaining())));
            bytes.position(bytes.position() + written);
            room -= written;
            return written;
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return file.read(bytes);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long place) throws IOException {
            file.position(place);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
