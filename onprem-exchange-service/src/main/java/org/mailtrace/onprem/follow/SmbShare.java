package org.mailtrace.onprem.follow;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.msfscc.FileAttributes;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;
import java.util.EnumSet;
import java.util.List;

/**
 * A share that is connected. Files are opened for reading only, shared for reading, writing and deleting, and closed
 * after each read, so that Exchange's own clean-up is never in the way.
 */
final class SmbShare implements RemoteShare {
    private static final String PATTERN = "MSGTRK*";

    private final SMBClient client;
    private final DiskShare share;

    SmbShare(SMBClient client, DiskShare share) {
        this.client = client;
        this.share = share;
    }

    @Override
    public List<RemoteFile> list(String folder) {
        return share.list(folder, PATTERN).stream()
                .filter(entry -> (entry.getFileAttributes() & FileAttributes.FILE_ATTRIBUTE_DIRECTORY.getValue()) == 0)
                .map(entry -> new RemoteFile(
                        entry.getFileName(),
                        entry.getEndOfFile(),
                        entry.getLastWriteTime().toEpochMillis()))
                .toList();
    }

    @Override
    public int read(String file, long offset, byte[] buffer, int at, int length) {
        try (File opened = share.openFile(
                file,
                EnumSet.of(AccessMask.FILE_READ_DATA),
                null,
                SMB2ShareAccess.ALL,
                SMB2CreateDisposition.FILE_OPEN,
                null)) {
            int total = 0;
            while (total < length) {
                int count = opened.read(buffer, offset + total, at + total, length - total);
                if (count <= 0) {
                    break;
                }
                total += count;
            }
            return total;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
