package dev.vextrus.rolloutkubernetes.journal;

import dev.vextrus.rollout.filejournal.JournalTampered;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Text as a ConfigMap's binary value: a tenth of its size by gzip, in base64. */
final class Packed {
    private Packed() {}

    static String pack(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static String unpack(String packed) {
        try (GZIPInputStream zip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            throw new JournalTampered("a journal entry cannot be unpacked: " + e.getMessage());
        }
    }
}
