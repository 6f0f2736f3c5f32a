package dev.vextrus.cli.demo.traffic;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that is used again for one request after the other (RFC 9112), read and written by the caller's
 * own thread. For traffic that shares its processors with what it measures: the JDK's client takes several times as much
 * of them for a request.
 */
final class HttpConnection implements Closeable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int LONGEST_LINE = 16_384;
    private static final int LARGEST_BODY = 64 << 20;

    private final Socket socket;
    private final InputStream in;
    private long freeSinceNanos;

    HttpConnection(URI server, Duration answerWithin) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(answerWithin.toMillis()));
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 4_096);
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    /**
     * An answer.
     *
     * @param release {@code X-Release}, empty where it is missing, as {@code outcome} is
     * @param last whether the server takes no further request on this connection
     */
    record Answer(int status, String release, String outcome, String body, boolean last) {}

    /**
     * Sends a request, head and body in one piece, and waits for its answer.
     *
     * @throws IOException if the connection ends without one; it cannot be used again
     */
    Answer exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        return answer();
    }

    private Answer answer() throws IOException {
        String line = line();
        if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
            throw new IOException("no HTTP/1.1 answer: " + line);
        }
        int status = Integer.parseInt(line, 9, 12, 10);
        String release = "";
        String outcome = "";
        boolean last = false;
        boolean chunked = false;
        int length = 0;
        for (line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = true;
                case "connection" -> last = value.equalsIgnoreCase("close");
                case "x-release" -> release = value;
                case "x-outcome" -> outcome = value;
                default -> {}
            }
        }
        byte[] body = chunked ? chunks() : bytes(length);
        return new Answer(status, release, outcome, new String(body, StandardCharsets.UTF_8), last);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line();
            int end = size.indexOf(';');
            byte[] chunk = bytes(Integer.parseInt(end < 0 ? size : size.substring(0, end), 16));
            if (chunk.length == 0) {
                for (String trailer = line(); !trailer.isEmpty(); ) {
                    trailer = line();
                }
                return body.toByteArray();
            }
            body.writeBytes(chunk);
            line();
        }
    }

    private byte[] bytes(int length) throws IOException {
        if (length < 0 || length > LARGEST_BODY) {
            throw new IOException("an answer of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended in the middle of an answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        byte[] line = new byte[128];
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended without an answer");
            }
            if (length == line.length) {
                if (length >= LONGEST_LINE) {
                    throw new IOException("a header line is longer than " + LONGEST_LINE + " bytes");
                }
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) next;
        }
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.ISO_8859_1);
    }

    /** From now on nobody uses it. */
    void freeAt(long nanos) {
        freeSinceNanos = nanos;
    }

    /** How long nobody has used it: servers end connections that stand idle. */
    long freeNanos(long now) {
        return now - freeSinceNanos;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
