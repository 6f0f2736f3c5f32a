package dev.vextrus.finance.handling;

import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.finance.codec.UnreadableEvent;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** The streams that this release was found unable to read since it started, the first {@value #MAX} of them. */
public final class Quarantine {
    private static final int MAX = 1000;

    private final ConcurrentSkipListMap<String, QuarantinedStream> streams = new ConcurrentSkipListMap<>();

    /** Remembers the stream that the event is of; for whoever reads the log. */
    public QuarantinedStream add(RecordedEvent event, UnreadableEvent why) {
        String message = why.getMessage() == null ? "" : why.getMessage();
        QuarantinedStream stream =
                new QuarantinedStream(event.tenant(), event.stream().value(), event.position(), why.version(), message);
        if (streams.size() < MAX) {
            streams.putIfAbsent(event.tenant() + "/" + event.stream(), stream);
        }
        return stream;
    }

    public List<QuarantinedStream> streams() {
        return List.copyOf(streams.values());
    }

    /** Thrown where a quarantined stream is needed. */
    static final class Found extends RuntimeException {
        private final transient QuarantinedStream stream;

        Found(QuarantinedStream stream, UnreadableEvent cause) {
            super(stream.stream(), cause);
            this.stream = stream;
        }

        QuarantinedStream stream() {
            return stream;
        }
    }
}
