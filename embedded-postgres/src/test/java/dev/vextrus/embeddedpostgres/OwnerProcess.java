package dev.vextrus.embeddedpostgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process of its own that owns a server until it is killed. */
final class OwnerProcess {
    private OwnerProcess() {}

    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static long pidOfItsServer(Process owner) throws IOException {
        BufferedReader output = owner.inputReader();
        return Long.parseLong(output.readLine());
    }

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(arguments[0]));
        System.out.println(server.pid().orElseThrow());
        new CountDownLatch(1).await();
    }
}
