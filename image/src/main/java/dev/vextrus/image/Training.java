package dev.vextrus.image;

import java.nio.file.Path;
import java.util.List;

/** Runs a program as it will run, so that the JVM can keep what it loaded and linked for the next start. */
@FunctionalInterface
public interface Training {

    /**
     * Runs it until it has started, and ends it in good order: the JVM writes the cache as its last act.
     *
     * @param command the program in the image's own runtime, to which arguments may be appended
     * @param work a folder for logs and data
     */
    void run(List<String> command, Path work) throws InterruptedException;
}
