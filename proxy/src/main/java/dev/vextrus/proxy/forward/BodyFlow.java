package dev.vextrus.proxy.forward;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/**
 * Moves a body from one side to the other, never holding more than the write queue: while the reader is slow, the writer
 * is paused. Where the length is known, the last piece ends the stream, so that a small message is a single write.
 */
final class BodyFlow {
    /** What the owner of a flow wants to know. */
    interface Listener {
        /** A piece moved, or the reader has room again. */
        void progress();

        /** All of it has come; the stream is ended right after, so that what is counted is known before the answer. */
        void complete();

        /** More than the limit came; the source is paused. */
        void tooLarge();
    }

    private final ReadStream<Buffer> from;
    private final WriteStream<Buffer> to;
    private final long expectedBytes;
    private final long maxBytes;
    private final Listener listener;
    private long moved;
    private boolean blocked;
    private boolean ended;

    /** @param expectedBytes the length where it is known, otherwise -1 */
    BodyFlow(ReadStream<Buffer> from, WriteStream<Buffer> to, long expectedBytes, long maxBytes, Listener listener) {
        this.from = from;
        this.to = to;
        this.expectedBytes = expectedBytes;
        this.maxBytes = maxBytes;
        this.listener = listener;
    }

    void start() {
        from.handler(this::piece);
        from.endHandler(end -> finish());
        from.resume();
    }

    /** Whether the reading side holds up the writing side. */
    boolean blockedByReader() {
        return blocked;
    }

    boolean started() {
        return moved > 0;
    }

    private void piece(Buffer piece) {
        if (ended) {
            return;
        }
        moved += piece.length();
        if (moved > maxBytes) {
            ended = true;
            from.pause();
            listener.tooLarge();
            return;
        }
        listener.progress();
        if (moved == expectedBytes) {
            ended = true;
            listener.complete();
            to.end(piece);
            return;
        }
        to.write(piece);
        if (to.writeQueueFull()) {
            blocked = true;
            from.pause();
            to.drainHandler(room -> {
                blocked = false;
                listener.progress();
                from.resume();
            });
        }
    }

    private void finish() {
        if (!ended) {
            ended = true;
            listener.complete();
            to.end();
        }
    }
}
