package io.tonbo.artifacts.operator.juicefs;

import java.nio.ByteBuffer;
import java.time.Instant;

/** The two inodes of an empty volume, as values of JuiceFS's metadata format, version 1: 72 bytes, big-endian. */
final class Inode {
    /** Key of the root directory, after the prefix. */
    static final String ROOT_KEY = "i1";

    /** Key of the trash, inode 0x7FFFFFFF10000000. */
    static final String TRASH_KEY = "i9223372032828243968";

    private static final int SIZE = 72;
    private static final int DIRECTORY = 2 << 12;
    private static final int EMPTY_DIRECTORY_LENGTH = 4096;

    private Inode() {}

    /**
     * @param now when it is created; fractions of a second are dropped, as JuiceFS does
     * @return the root directory, mode 0777
     */
    static byte[] root(Instant now) {
        return directory(DIRECTORY | 0777, now.getEpochSecond());
    }

    /**
     * @param now as for {@link #root}
     * @return the trash, mode 0555
     */
    static byte[] trash(Instant now) {
        return directory(DIRECTORY | 0555, now.getEpochSecond());
    }

    private static byte[] directory(int typeAndMode, long seconds) {
        return ByteBuffer.allocate(SIZE)
                .put((byte) 0) // flags
                .putShort((short) typeAndMode)
                .putInt(0) // uid
                .putInt(0) // gid
                .putLong(seconds) // atime
                .putInt(0)
                .putLong(seconds) // mtime
                .putInt(0)
                .putLong(seconds) // ctime
                .putInt(0)
                .putInt(2) // nlink
                .putLong(EMPTY_DIRECTORY_LENGTH)
                .putInt(0) // rdev
                .putLong(1) // parent: the root is its own, and the trash's
                .array(); // the last byte pads
    }
}
