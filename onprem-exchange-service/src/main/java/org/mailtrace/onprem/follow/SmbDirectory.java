package org.mailtrace.onprem.follow;

import com.hierynomus.mserref.NtStatus;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.smbj.common.SMBRuntimeException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.onprem.follow.RemoteShare.RemoteFile;

/**
 * A folder on a share that is read over the network without mounting it. The connection is kept, and made anew after
 * anything that may have broken it. Used by one thread.
 */
final class SmbDirectory implements TrackingDirectory {
    private final RemoteShare.Connector connector;
    private final String folder;
    private Optional<RemoteShare> connected = Optional.empty();

    /**
     * The folder.
     *
     * @param folder path within the share with backslashes; empty for the share itself
     */
    SmbDirectory(RemoteShare.Connector connector, String folder) {
        this.connector = connector;
        this.folder = folder;
    }

    @Override
    public List<LogFile> list() throws IOException {
        List<LogFile> files = new ArrayList<>();
        for (RemoteFile file : asked(share -> share.list(folder))) {
            LogName.of(file.name())
                    .ifPresent(name -> files.add(
                            new LogFile(file.name(), name, file.size(), Instant.ofEpochMilli(file.modified()))));
        }
        files.sort(LogFile.OLDEST_FIRST);
        return files;
    }

    @Override
    public int read(String file, long offset, byte[] buffer, int at, int length) throws IOException {
        String path = folder.isEmpty() ? file : folder + "\\" + file;
        try {
            return asked(share -> filled(share, path, offset, buffer, at, length));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static int filled(RemoteShare share, String path, long offset, byte[] buffer, int at, int length) {
        int total = 0;
        while (total < length) {
            int count = share.read(path, offset + total, buffer, at + total, length - total);
            if (count <= 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    private <T> T asked(Question<T> question) throws IOException {
        if (connected.isEmpty()) {
            connected = Optional.of(connector.connect());
        }
        try {
            return question.ask(connected.get());
        } catch (SMBApiException e) {
            throw failure(e);
        } catch (SMBRuntimeException e) {
            disconnect();
            throw new IOException("the connection to the share broke", e);
        }
    }

    /** The file server answered; some of its answers mean that the session is over. */
    private IOException failure(SMBApiException e) {
        NtStatus status = e.getStatus();
        return switch (status) {
            case STATUS_ACCESS_DENIED -> new AccessDeniedException(folder);
            case STATUS_OBJECT_NAME_NOT_FOUND,
                    STATUS_OBJECT_PATH_NOT_FOUND,
                    STATUS_NO_SUCH_FILE,
                    STATUS_DELETE_PENDING -> new NoSuchFileException(folder);
            case STATUS_NOT_A_DIRECTORY -> new NotDirectoryException(folder);
            case STATUS_SHARING_VIOLATION -> new FileSystemException(folder, null, "held by another program");
            default -> {
                disconnect();
                yield new IOException("the share answered " + status, e);
            }
        };
    }

    private void disconnect() {
        connected.ifPresent(RemoteShare::close);
        connected = Optional.empty();
    }

    /** What is asked of a share. */
    private interface Question<T> {
        T ask(RemoteShare share);
    }
}
