package dev.vextrus.cli.warmth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** What an AOT cache depends on: the JDK, the flags, and every jar by its name, size and time, which the JVM checks too. */
final class BuildPrint {
    private static final int SHOWN = 16;

    private BuildPrint() {}

    static String of(Path app, List<String> flags) throws IOException {
        TreeSet<String> parts = new TreeSet<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(app, "*.jar")) {
            for (Path jar : jars) {
                parts.add(jar + " " + Files.size(jar) + " "
                        + Files.getLastModifiedTime(jar).toMillis());
            }
        }
        parts.add("flags " + flags);
        parts.add("jvm " + System.getProperty("java.home") + " " + Runtime.version());
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] hash = sha.digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
