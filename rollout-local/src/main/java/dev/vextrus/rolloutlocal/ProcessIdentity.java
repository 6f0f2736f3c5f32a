package dev.vextrus.rolloutlocal;

/**
 * Which process is meant: a pid alone is given away again after its process ended.
 *
 * @param startTicks clock ticks from boot to the process's start, field 22 of {@code /proc/<pid>/stat}
 * @param bootId the kernel's id of this boot
 */
record ProcessIdentity(long pid, long startTicks, String bootId) {}
