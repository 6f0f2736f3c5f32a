package dev.vextrus.image;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param repository the folder of this repository, built
 * @param jdk the JDK that runtimes are linked from
 * @param work a folder for what may be used again by the next build
 * @param output where the archives go
 * @param releaseVersion tag, label and {@code VEXTRUS_RELEASE_VERSION} of the images
 * @param base an image to build upon instead of nothing: a reference, or an archive that {@code docker save} makes
 */
public record ImageRequest(
        Path repository, Path jdk, Path work, Path output, String releaseVersion, Optional<String> base) {

    /** What a tag may be: letters, digits, dots, underscores and hyphens, at most 63 of them. */
    public static final String VERSION = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    public ImageRequest {
        if (!releaseVersion.matches(VERSION)) {
            throw new CannotBuild(
                    "--release-version: '" + releaseVersion + "' cannot be an image's tag",
                    "use letters, digits, dots and hyphens, such as 1.4.0");
        }
    }
}
