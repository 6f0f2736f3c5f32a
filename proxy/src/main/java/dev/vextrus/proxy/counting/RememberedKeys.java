package dev.vextrus.proxy.counting;

import java.util.HashMap;
import java.util.Map;

/**
 * Which keys were seen lately and what is known of them. Two generations: a key is forgotten between one and two
 * half-lives after it was last seen, and at the latest when as many others came.
 */
final class RememberedKeys {
    static final int SEEN = 1;
    static final int FAULTY = 2;
    static final int SLOW = 4;
    static final int CLIENT_ERROR = 8;

    private final int maxPerGeneration;
    private final long generationSeconds;
    private Map<Long, Byte> young = new HashMap<>();
    private Map<Long, Byte> old = new HashMap<>();
    private long bornSecond;

    RememberedKeys(int maxKeys, int rememberSeconds) {
        maxPerGeneration = Math.max(1, maxKeys / 2);
        generationSeconds = Math.max(1, rememberSeconds / 2);
    }

    /**
     * Notes the key and what it showed.
     *
     * @param facts a union of the constants of this class
     * @return the facts that are news
     */
    int note(Track track, String tenant, String key, int facts, long second) {
        if (young.size() >= maxPerGeneration || second - bornSecond >= generationSeconds) {
            old = young;
            young = new HashMap<>();
            bornSecond = second;
        }
        long hash = hash(track, tenant, key);
        Byte known = young.get(hash);
        if (known == null) {
            known = old.getOrDefault(hash, (byte) 0);
        }
        int all = facts | SEEN;
        young.put(hash, (byte) (known | all));
        return all & ~known;
    }

    /** 64 bits by FNV-1a and a finalizer: a key of any length costs the same memory. */
    private static long hash(Track track, String tenant, String key) {
        long hash = 0xcbf29ce484222325L ^ (((long) track.hashCode() << 32) | (tenant.hashCode() & 0xffff_ffffL));
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
