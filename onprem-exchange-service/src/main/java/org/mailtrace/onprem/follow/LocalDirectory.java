package org.mailtrace.onprem.follow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A directory on a local disk or a mounted share. Files are opened for each read and closed again, shared for reading,
 * writing and deleting (the JDK's default), so that Exchange's own clean-up is never in the way. Links are not followed.
 */
final class LocalDirectory implements TrackingDirectory {
    private final Path directory;

    LocalDirectory(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<LogFile> list() throws IOException {
        List<LogFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                Optional<LogName> parsed = LogName.of(name);
                if (parsed.isPresent()) {
                    attributes(entry)
                            .filter(BasicFileAttributes::isRegularFile)
                            .map(found -> new LogFile(
                                    name,
                                    parsed.get(),
                                    found.size(),
                                    found.lastModifiedTime().toInstant()))
                            .ifPresent(files::add);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        files.sort(LogFile.OLDEST_FIRST);
        return files;
    }

    @Override
    public int read(String file, long offset, byte[] buffer, int at, int length) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(
                directory.resolve(file), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (offset >= channel.size()) {
                return 0;
            }
            channel.position(offset);
            ByteBuffer target = ByteBuffer.wrap(buffer, at, length);
            int total = 0;
            while (target.hasRemaining()) {
                int count = channel.read(target);
                if (count < 0) {
                    break;
                }
                total += count;
            }
            return total;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path entry) throws IOException {
        try {
            return Optional.of(Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
