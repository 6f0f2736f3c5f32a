package dev.vextrus.rolloutkubernetes.journal;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.filejournal.JournalTampered;
import dev.vextrus.rollout.filejournal.JournalText;
import dev.vextrus.rollout.port.JournalFenced;
import dev.vextrus.rollout.port.RolloutJournal;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain of ConfigMaps. The last one grows entry by entry, each write made on the version last read, so that a second
 * writer is refused by the API server before it can act; once full it becomes immutable and another is begun. The text and
 * its hashes are those of the journal on a disk.
 *
 * <p>Kept are the last {@value #ROLLOUTS_KEPT} rollouts; what is older is deleted by whole ConfigMaps, and the first one left
 * says which hash it follows.
 */
public final class ConfigMapJournal implements RolloutJournal {
    /** Far below the 1 MiB that a ConfigMap may hold: every entry sends the whole of it again. */
    static final int FULL_BYTES = 96 * 1024;

    static final int ROLLOUTS_KEPT = 10;
    static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigMapJournal.class);

    private final KubernetesClient client;
    private final String namespace;
    private final String rollout;
    private final InstantSource clock;
    private final List<Chunk> chunks;
    private final List<JournalEntry> entries;
    private final PhasedRolloutStatus.@Nullable JournalMark before;
    private @Nullable RolloutState watched;
    private Instant checkpointDue = Instant.MIN;

    private ConfigMapJournal(
            KubernetesClient client,
            String namespace,
            String rollout,
            InstantSource clock,
            Contents contents,
            PhasedRolloutStatus.@Nullable JournalMark before) {
        this.client = client;
        this.namespace = namespace;
        this.rollout = rollout;
        this.clock = clock;
        this.chunks = new ArrayList<>(contents.chunks());
        this.entries = new ArrayList<>(contents.entries());
        this.watched = contents.watched();
        this.before = before;
    }

    /** @param watched state watched since the last entry; null if there is none */
    private record Contents(
            List<Chunk> chunks,
            List<JournalEntry> entries,
            @Nullable RolloutState watched) {}

    /**
     * Where all of it is gone while {@code known} says that there was one, a new one follows: its first entry has the next
     * number and says the lost one's hash, so that the gap stays evident. What is left of a journal that was changed, or
     * that lost a part, is evidence and is not written on.
     *
     * @param known newest entry that is known to have been written; null for none
     * @throws JournalTampered if an entry does not fit the chain, or the known one is missing among others
     */
    public static ConfigMapJournal open(
            KubernetesClient client,
            String namespace,
            String rollout,
            InstantSource clock,
            PhasedRolloutStatus.@Nullable JournalMark known) {
        Contents contents = contents(client, namespace, rollout);
        boolean empty = contents.chunks().isEmpty();
        if (known != null && !empty && !holds(contents, known) && !follows(contents, known)) {
            throw new JournalTampered("the journal of " + namespace + "/" + rollout + " lacks entry " + known.sequence()
                    + ", which its status names: ConfigMaps with the label " + Chunk.ROLLOUT + "=" + rollout
                    + " were deleted or changed");
        }
        return new ConfigMapJournal(client, namespace, rollout, clock, contents, empty ? known : null);
    }

    private static boolean holds(Contents contents, PhasedRolloutStatus.JournalMark known) {
        return contents.entries().stream()
                .anyMatch(e -> e.sequence() == known.sequence() && e.hash().equals(known.head()));
    }

    /** After a loss the status may be behind by the whole new journal. */
    private static boolean follows(Contents contents, PhasedRolloutStatus.JournalMark known) {
        return contents.chunks().getFirst().previous().equals(known.head())
                && !contents.entries().isEmpty()
                && contents.entries().getFirst().sequence() == known.sequence() + 1;
    }

    /** Whether all that was written is gone, and nothing was written since. */
    public synchronized boolean lost() {
        return before != null && entries.isEmpty();
    }

    /**
     * Reads a journal that an operator may be writing.
     *
     * @throws JournalTampered if an entry does not fit the chain
     */
    public static List<JournalEntry> read(KubernetesClient client, String namespace, String rollout) {
        return contents(client, namespace, rollout).entries();
    }

    /** The state watched since the last entry; null where the last entry is newer. */
    public static @Nullable RolloutState readCheckpoint(KubernetesClient client, String namespace, String rollout) {
        return contents(client, namespace, rollout).watched();
    }

    private static Contents contents(KubernetesClient client, String namespace, String rollout) {
        List<Chunk> chunks = client
                .configMaps()
                .inNamespace(namespace)
                .withLabel(Chunk.ROLLOUT, rollout)
                .withLabel(Chunk.PART, Chunk.JOURNAL)
                .list()
                .getItems()
                .stream()
                .map(Chunk::of)
                .sorted(Comparator.comparingLong(Chunk::number))
                .toList();
        List<JournalEntry> entries = new ArrayList<>();
        String previous =
                chunks.isEmpty() ? JournalText.GENESIS : chunks.getFirst().previous();
        for (Chunk chunk : chunks) {
            entries.addAll(chunk.entries(previous));
            previous = entries.isEmpty() ? previous : entries.getLast().hash();
        }
        Chunk.Watched watched = chunks.isEmpty() ? null : chunks.getLast().watched();
        long newest = entries.isEmpty() ? 0 : entries.getLast().sequence();
        return new Contents(chunks, entries, watched == null || watched.after() != newest ? null : watched.state());
    }

    @Override
    public synchronized JournalEntry append(JournalRecord what, Instant at) {
        String previous = previous();
        JournalEntry entry = JournalText.chained(newest() + 1, at, what, previous);
        String reason = Reasons.of(what);
        Chunk last = chunks.isEmpty() ? null : chunks.getLast();
        if (last == null || last.sealed() || Chunk.size(last.with(entry, reason)) > FULL_BYTES) {
            if (last != null && !last.sealed()) {
                replaceLast(write(last, last.asSealed()));
            }
            Chunk fresh = Chunk.empty(namespace, rollout, chunk() + 1, previous);
            chunks.add(write(fresh, fresh.with(entry, reason)));
        } else {
            replaceLast(write(last, last.with(entry, reason)));
        }
        entries.add(entry);
        watched = null;
        checkpointDue = Instant.MIN;
        AuditLog.write(namespace, rollout, entry);
        if (what instanceof JournalRecord.Started) {
            forget();
        }
        return entry;
    }

    @Override
    public synchronized List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    /** Kept in memory at once, in the cluster every {@link #CHECKPOINT_EVERY}: a lost one costs some watched time. */
    @Override
    public synchronized void checkpoint(RolloutState state) {
        watched = state;
        Instant now = clock.instant();
        if (now.isBefore(checkpointDue) || chunks.isEmpty() || chunks.getLast().sealed()) {
            return;
        }
        Chunk last = chunks.getLast();
        try {
            replaceLast(write(last, last.with(new Chunk.Watched(newest(), state))));
        } catch (KubernetesClientException unavailable) {
            LOG.warn("{}/{}: the watched state could not be saved: {}", namespace, rollout, unavailable.getMessage());
        }
        checkpointDue = now.plus(CHECKPOINT_EVERY);
    }

    @Override
    public synchronized @Nullable RolloutState checkpointed() {
        return watched;
    }

    /** Number of the ConfigMap that holds the newest entry; 0 for none. */
    private long chunk() {
        if (chunks.isEmpty()) {
            return before == null ? 0 : before.chunk();
        }
        return chunks.getLast().number();
    }

    /** How far it goes, for the status; null before the first entry ever. */
    public synchronized PhasedRolloutStatus.@Nullable JournalMark mark() {
        return entries.isEmpty()
                ? before
                : new PhasedRolloutStatus.JournalMark(
                        newest(), entries.getLast().hash(), chunk());
    }

    @Override
    public void close() {
        // The client is the caller's.
    }

    private long newest() {
        if (entries.isEmpty()) {
            return before == null ? 0 : before.sequence();
        }
        return entries.getLast().sequence();
    }

    private String previous() {
        if (!entries.isEmpty()) {
            return entries.getLast().hash();
        }
        if (!chunks.isEmpty()) {
            return chunks.getLast().previous();
        }
        return before == null ? JournalText.GENESIS : before.head();
    }

    private void replaceLast(Chunk next) {
        chunks.set(chunks.size() - 1, next);
    }

    private Chunk write(Chunk before, ConfigMap next) {
        try {
            ConfigMap written = before.stored()
                    ? client.configMaps().inNamespace(namespace).resource(next).update()
                    : client.configMaps().inNamespace(namespace).resource(next).create();
            return new Chunk(before.number(), written);
        } catch (KubernetesClientException e) {
            boolean others = e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    || (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND && before.stored());
            if (!others) {
                throw e;
            }
            ConfigMap there = client.configMaps()
                    .inNamespace(namespace)
                    .withName(next.getMetadata().getName())
                    .get();
            // The client repeats a request whose answer did not come; the repeat then meets what the first one wrote.
            if (there != null && Chunk.sameContent(there, next)) {
                return new Chunk(before.number(), there);
            }
            throw new JournalFenced("ConfigMap " + next.getMetadata().getName() + " in " + namespace
                    + " was written by another operator, or deleted, since this one read it");
        }
    }

    /** Deletes whole ConfigMaps that hold only rollouts which are no longer kept. */
    private void forget() {
        List<Long> starts = entries.stream()
                .filter(e -> e.what() instanceof JournalRecord.Started)
                .map(JournalEntry::sequence)
                .toList();
        if (starts.size() <= ROLLOUTS_KEPT) {
            return;
        }
        long keepFrom = starts.get(starts.size() - ROLLOUTS_KEPT);
        while (chunks.size() > 1 && firstOf(chunks.get(1)) <= keepFrom) {
            Chunk oldest = chunks.removeFirst();
            long next = firstOf(chunks.getFirst());
            try {
                client.configMaps()
                        .inNamespace(namespace)
                        .resource(oldest.map())
                        .delete();
            } catch (KubernetesClientException later) {
                LOG.warn(
                        "{} is no longer needed but was not deleted: {}",
                        oldest.map().getMetadata().getName(),
                        later.getMessage());
                return;
            }
            entries.removeIf(e -> e.sequence() < next);
        }
    }

    private static long firstOf(Chunk chunk) {
        return chunk.map().getBinaryData().keySet().stream()
                .filter(key -> key.matches("\\d+"))
                .mapToLong(Long::parseLong)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
