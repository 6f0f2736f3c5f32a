package dev.vextrus.image;

import java.nio.file.Path;

/**
 * An image in an archive.
 *
 * @param name with its tag
 * @param archive an OCI layout in a tar file
 * @param bytes the archive's size, which is about what a registry would transfer
 * @param unpackedBytes what its files take on a node
 * @param digest of its manifest
 * @param trained whether a cache of classes is in it, with which its program starts in a fraction of the time
 */
public record BuiltImage(String name, Path archive, long bytes, long unpackedBytes, String digest, boolean trained) {}
