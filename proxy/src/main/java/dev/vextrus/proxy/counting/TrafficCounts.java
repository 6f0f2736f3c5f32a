package dev.vextrus.proxy.counting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts everything, for all event loops together: a retry may come over another connection than the first attempt. The
 * lock is held for well under a microsecond a request.
 */
public final class TrafficCounts {
    /** How many tracks (colour and version) keep their totals; the longest unused goes first. */
    private static final int MAX_TRACKS = 16;

    private final LongSupplier epochMillis;
    private final CountingLimits limits;
    private final SampleLog log;
    private final RememberedKeys keys;
    private final Names tenants;
    private final Names operations;
    private final TenantTraffic traffic = new TenantTraffic();
    private final Map<Track, Totals> totals = new HashMap<>();
    private Map<Window.Key, Window> open = new HashMap<>();
    private long openSecond;

    /** @param epochMillis the wall clock; the windows' seconds are its, and never go back */
    public TrafficCounts(LongSupplier epochMillis, CountingLimits limits) {
        this.epochMillis = epochMillis;
        this.limits = limits;
        this.log = new SampleLog(limits);
        this.keys = new RememberedKeys(limits.maxKeys(), limits.rememberSeconds(), limits.attemptsPerId());
        this.tenants = new Names(limits.maxTenants());
        this.operations = new Names(limits.maxOperations());
        this.openSecond = epochMillis.getAsLong() / 1_000;
    }

    /**
     * A request was routed to the track and is from now on in flight.
     *
     * @param claimed the tenant that its token names; null where it names none
     * @return whether it was counted as sent: a tenant that nobody knows yet is, by a request that was not refused, only
     *     when it has ended
     */
    public synchronized boolean started(
            Track track, @Nullable String claimed, String operation, boolean probe, @Nullable RequestKey key) {
        roll();
        totals(track).started(probe, epochMillis.getAsLong());
        boolean known = claimed == null || tenants.isAdmitted(claimed);
        if (known) {
            begin(track, claimed == null ? "" : claimed, operations.admit(operation), probe, key);
        }
        return known;
    }

    private void begin(Track track, String tenant, String operation, boolean probe, @Nullable RequestKey key) {
        boolean again = !probe
                && key != null
                && keys.note(track, tenant, operation, key, RememberedKeys.BEGUN, openSecond) == 0;
        if (!again) {
            window(track, tenant, operation, probe).begin();
        }
    }

    /** An upstream of the track refused a connection, so nothing was sent; the request may yet be answered by another. */
    public synchronized void refusedConnection(Track track) {
        totals(track).refusedConnection();
    }

    /** A request that was {@link #started} has ended. */
    public synchronized void ended(Completed request) {
        roll();
        boolean exposed = request.ending() != Ending.CLIENT_GONE || request.slow();
        int facts = RememberedKeys.SEEN
                | (request.faulty() ? RememberedKeys.FAULTY : 0)
                | (request.slow() ? RememberedKeys.SLOW : 0)
                | (request.ending() == Ending.CLIENT_ERROR ? RememberedKeys.CLIENT_ERROR : 0);
        String tenant = request.tenant() == null ? "" : tenants.admit(request.tenant());
        String operation = operations.admit(request.operation());
        if (!request.begun()) {
            begin(request.track(), tenant, operation, request.probe(), request.key());
        }
        int news = facts;
        if (exposed && !request.probe() && request.key() != null) {
            news = keys.note(request.track(), tenant, operation, request.key(), facts, openSecond);
        }
        totals(request.track()).ended(request, exposed ? news : 0);
        if (!exposed) {
            return; // the client left before anybody could tell how it would have gone
        }
        window(request.track(), tenant, operation, request.probe()).add(request, news);
        // A release that refuses every token refuses real tenants: under nobody's name it could not be told from a
        // stranger. But only believed requests make a tenant known, or forged tokens would take up the names there are.
        String claimed =
                request.claimed() != null && tenants.isAdmitted(request.claimed()) ? request.claimed() : tenant;
        window(request.track(), claimed, operation, request.probe()).addClaimed(news);
        if (!request.probe() && news != 0) {
            boolean fault = (news & RememberedKeys.FAULTY) != 0;
            traffic.add(tenant, openSecond, fault, (news & RememberedKeys.SLOW) != 0);
        }
    }

    private Window window(Track track, String tenant, String operation, boolean probe) {
        return open.computeIfAbsent(new Window.Key(track, tenant, operation, probe), any -> new Window());
    }

    /** Closes the windows of seconds that are over; called about ten times a second. */
    public synchronized void roll() {
        long second = epochMillis.getAsLong() / 1_000;
        if (second <= openSecond) {
            return;
        }
        if (!open.isEmpty()) {
            List<Sample> closed = new ArrayList<>(open.size());
            open.forEach((key, window) -> closed.add(window.close(openSecond, key, limits.faultCap())));
            log.add(openSecond, List.copyOf(closed));
            open = new HashMap<>();
        }
        if (second / 3_600 != openSecond / 3_600) {
            Set<String> used =
                    new HashSet<>(traffic.last(TenantTraffic.HOURS, second).keySet());
            tenants.retain(used);
        }
        openSecond = second;
    }

    /** Windows that closed after a place. */
    public synchronized SampleAnswer samples(long after, int limit) {
        roll();
        SampleLog.Slice slice = log.after(after, limit);
        return new SampleAnswer(slice.next(), openSecond - 1, slice.more(), slice.lost(), slice.samples());
    }

    /**
     * Distinct keys per tenant in the last hours; requests without tenant under the empty name.
     *
     * @param hours 1 to 24
     */
    public synchronized Map<String, TenantFigures> traffic(int hours) {
        Map<String, TenantFigures> answer = new TreeMap<>();
        traffic.last(Math.clamp(hours, 1, TenantTraffic.HOURS), epochMillis.getAsLong() / 1_000)
                .forEach(answer::put);
        return answer;
    }

    /** The totals of every track that is known. */
    public synchronized Map<Track, ColorTotals> totals() {
        Map<Track, ColorTotals> answer = new HashMap<>();
        totals.forEach((track, running) -> answer.put(track, running.snapshot(track.version())));
        return answer;
    }

    /** Requests in flight on the track. */
    public synchronized long inFlight(Track track) {
        Totals running = totals.get(track);
        return running == null ? 0 : running.inFlight();
    }

    private Totals totals(Track track) {
        Totals running = totals.get(track);
        if (running == null) {
            if (totals.size() >= MAX_TRACKS) {
                totals.entrySet().stream()
                        .filter(entry -> entry.getValue().inFlight() == 0)
                        .min((a, b) -> Long.compare(
                                a.getValue().lastMillis(), b.getValue().lastMillis()))
                        .ifPresent(oldest -> totals.remove(oldest.getKey()));
            }
            running = new Totals();
            totals.put(track, running);
        }
        return running;
    }
}
