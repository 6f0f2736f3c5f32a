package dev.vextrus.cli.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Remembers why a stream did not take what was written: the writers above it tell only that it did not. */
final class Recording extends FilterOutputStream {
    private volatile @Nullable IOException cause;

    Recording(OutputStream stream) {
        super(stream);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int count) throws IOException {
        try {
            out.write(octets, from, count);
        } catch (IOException refused) {
            cause = refused;
            throw refused;
        }
    }

    /** Whether whoever read it has ended, as {@code head} does once it has enough (EPIPE). */
    boolean hasNoReader() {
        IOException known = cause;
        return known != null && "Broken pipe".equals(known.getMessage());
    }
}
