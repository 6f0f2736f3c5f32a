package dev.vextrus.image;

import java.util.List;

/** Runs a program as it will run, so that the JVM can keep what it loaded and linked for the next start. */
@FunctionalInterface
public interface Training {

    /**
     * Runs it until it has started and worked for a while, and ends it in good order: the JVM writes the cache as its last
     * act.
     *
     * @param program in the image's own runtime, to which arguments may be appended
     * @return whether that went well; where it did not, the image goes without a cache
     */
    boolean run(List<String> program) throws InterruptedException;
}
