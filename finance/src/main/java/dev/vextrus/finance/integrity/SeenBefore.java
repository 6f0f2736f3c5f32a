package dev.vextrus.finance.integrity;

/**
 * Tells what was surely never added from what perhaps was, in 8 MiB: a Bloom filter (B. H. Bloom, "Space/Time Trade-offs
 * in Hash Coding with Allowable Errors", 1970). With three million added it is in doubt about 1 in 500, with ten million
 * about 1 in 20; it never forgets.
 */
final class SeenBefore {
    private static final int LOG2_BITS = 26;
    private static final int PROBES = 3;

    private final long[] bits = new long[1 << (LOG2_BITS - 6)];

    void add(long hash) {
        for (int probe = 0; probe < PROBES; probe++) {
            int bit = bit(hash, probe);
            bits[bit >> 6] |= 1L << bit;
        }
    }

    /** False: surely never added. */
    boolean perhaps(long hash) {
        for (int probe = 0; probe < PROBES; probe++) {
            int bit = bit(hash, probe);
            if ((bits[bit >> 6] & (1L << bit)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Each probe takes other bits of the hash, but for a few. */
    private static int bit(long hash, int probe) {
        return (int) (Long.rotateLeft(hash, probe * 21) >>> (64 - LOG2_BITS));
    }

    /** FNV-1a over both, with a separator that neither contains, and a finishing mix (MurmurHash3's). */
    static long hash(String tenant, String stream) {
        long hash = mixIn(0xcbf29ce484222325L, tenant);
        hash = mixIn((hash ^ 0x1f) * 0x100000001b3L, stream);
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    private static long mixIn(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed;
    }
}
