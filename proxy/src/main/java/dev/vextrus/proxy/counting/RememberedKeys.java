package dev.vextrus.proxy.counting;

import java.util.HashMap;
import java.util.Map;

/**
 * Which keys were seen lately, how often, and what is known of them. Two generations: a key is forgotten between one and two
 * half-lives after it was last seen, and at the latest when as many others came.
 */
final class RememberedKeys {
    static final int SEEN = 1;
    static final int FAULTY = 2;
    static final int SLOW = 4;
    static final int CLIENT_ERROR = 8;
    /** It was sent; whether it was seen, only its end tells. */
    static final int BEGUN = 16;
    /** What is known in the low bits; above them, how often the key was seen. */
    private static final int ALL = 31;

    private static final int ONCE = 32;

    private final int maxPerGeneration;
    private final long generationSeconds;
    private final int attemptsPerId;
    private Map<Long, Short> young = new HashMap<>();
    private Map<Long, Short> old = new HashMap<>();
    private long bornSecond;

    RememberedKeys(int maxKeys, int rememberSeconds, int attemptsPerId) {
        this.attemptsPerId = attemptsPerId;
        maxPerGeneration = Math.max(1, maxKeys / 2);
        generationSeconds = Math.max(1, rememberSeconds / 2);
    }

    /**
     * Notes the key and what it showed.
     *
     * @param facts a union of the constants of this class
     * @return the facts that are news; all of them where the key has stood for more requests than one id may
     */
    int note(Track track, String tenant, String operation, RequestKey key, int facts, long second) {
        if (young.size() >= maxPerGeneration || second - bornSecond >= generationSeconds) {
            old = young;
            young = new HashMap<>();
            bornSecond = second;
        }
        long hash = hash(track, tenant, operation, key);
        Short before = young.get(hash);
        int known = before == null ? old.getOrDefault(hash, (short) 0) : before;
        boolean begins = facts == BEGUN;
        int all = begins ? BEGUN : facts | SEEN;
        int seen = Math.min(known / ONCE + (begins ? 0 : 1), attemptsPerId + 1);
        young.put(hash, (short) ((seen * ONCE) | (known & ALL) | all));
        // One client that sends one id with everything would hide all of its failures behind the first.
        boolean shared = !key.oneRequest() && seen > attemptsPerId;
        return shared ? all : all & ~known;
    }

    /** 64 bits by FNV-1a and a finalizer: a key of any length costs the same memory. */
    private static long hash(Track track, String tenant, String operation, RequestKey key) {
        long hash = 0xcbf29ce484222325L ^ (((long) track.hashCode() << 32) | (tenant.hashCode() & 0xffff_ffffL));
        hash = (hash ^ operation.hashCode()) * 0x100000001b3L;
        hash = (hash ^ Boolean.hashCode(key.oneRequest())) * 0x100000001b3L;
        for (int i = 0; i < key.value().length(); i++) {
            hash = (hash ^ key.value().charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
