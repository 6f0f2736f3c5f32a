package dev.vextrus.eventstore;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One link of a tenant's hash chain: SHA-256 over the tenant's previous link and every column of the event, payload
 * bytes as stored. Each field has a fixed size or carries its length, so no two events have the same encoding.
 */
public final class ChainHash {
    /** The link before a tenant's first event: 32 zero bytes. */
    public static final Payload GENESIS = Payload.of(new byte[32]);

    /** Changing the encoding means a new form beside this one: stored links never change. */
    private static final int FORM = 1;

    private ChainHash() {}

    /** @param previous the link of the tenant's event before this one, {@link #GENESIS} for its first */
    public static Payload of(Payload previous, RecordedEvent event) {
        try {
            return Payload.of(MessageDigest.getInstance("SHA-256").digest(encode(previous, event)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    private static byte[] encode(Payload previous, RecordedEvent event) {
        var bytes = new ByteArrayOutputStream(512 + event.payload().size());
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            write(out, previous);
            out.writeLong(event.position());
            write(out, event.tenant().value());
            write(out, event.stream().value());
            out.writeLong(event.version());
            write(out, event.id());
            write(out, event.type());
            out.writeInt(event.schemaVersion());
            write(out, event.payload());
            out.writeBoolean(event.series() != null);
            write(out, Objects.requireNonNullElse(event.series(), ""));
            out.writeBoolean(event.number().isPresent());
            out.writeLong(event.number().orElse(0));
            write(out, event.metadata().actor().id());
            write(out, event.metadata().correlationId());
            UUID causation = event.metadata().causationId();
            out.writeBoolean(causation != null);
            write(out, causation);
            write(out, event.release());
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, event.recordedAt()));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Payload payload) throws IOException {
        write(out, payload.toBytes());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void write(DataOutputStream out, @Nullable UUID id) throws IOException {
        out.writeLong(id == null ? 0 : id.getMostSignificantBits());
        out.writeLong(id == null ? 0 : id.getLeastSignificantBits());
    }
}
