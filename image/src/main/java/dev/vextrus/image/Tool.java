package dev.vextrus.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program of the building machine to its end. */
final class Tool {
    private Tool() {}

    /**
     * What it prints.
     *
     * @param remedy what helps where it cannot be run or fails
     */
    static String run(List<String> command, String remedy) throws InterruptedException {
        String name = command.getFirst();
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // Its words are read by a program here.
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new CannotBuild(name + " ended with exit code " + exitCode + ": " + said.strip(), remedy);
            }
            return said;
        } catch (IOException missing) {
            throw new CannotBuild(name + " cannot be run", remedy, missing);
        }
    }
}
