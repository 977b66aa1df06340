package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.telemetry.Label;
import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts the watched objects by kind, state and reason, and finds the credential that ends first, when somebody looks: from
 * the caches that the reconcilers have anyway. A state that an object was once found in keeps its series, at zero when no
 * object is in it, so that there are as many as there are states, however many objects.
 */
public final class ObjectCensus {
    /** All gauges of one look are of one count. */
    private static final Duration ONE_LOOK = Duration.ofSeconds(1);

    private record Place(String kind, ObjectStanding standing) {}

    private record Count(Instant at, Map<Place, Integer> objects, Map<Renewal, Double> untilExpiry) {}

    /** What becomes of a credential before it ends. */
    private enum Renewal implements Label {
        /** It is replaced. */
        DUE,
        /** Something keeps it from being replaced. */
        BLOCKED;

        static Renewal of(ObjectStanding standing) {
            return standing.state() == ObjectStanding.State.READY ? DUE : BLOCKED;
        }
    }

    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, Supplier<? extends Stream<? extends CustomResource<?, ?>>>> caches =
            new ConcurrentHashMap<>();
    private final Set<Place> known = ConcurrentHashMap.newKeySet();

    /** Kinds whose cache is there, which on a standby may be long in coming. */
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    private Count last;

    /**
     * @param meters where it is shown
     * @param clock the present
     */
    public ObjectCensus(MeterRegistry meters, InstantSource clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * @param kind the type of the objects
     * @param cache all of them that are watched, as fresh as known
     * @param <R> the type of the objects
     */
    public <R extends CustomResource<?, ?>> void watch(Class<R> kind, Supplier<Stream<R>> cache) {
        caches.put(HasMetadata.getKind(kind), cache);
        place(HasMetadata.getKind(kind), new ObjectStanding(ObjectStanding.State.UNSEEN, ObjectStanding.NO_REASON));
        if (kind == MountSession.class) {
            for (Renewal renewal : Renewal.values()) {
                OperatorMeter.SESSION_EXPIRY_SECONDS.gauge(
                        meters, () -> count().untilExpiry().getOrDefault(renewal, Double.NaN), renewal.label());
            }
        }
    }

    /** All caches are there, if perhaps nothing was reconciled of what is in them. */
    public void begin() {
        begun.addAll(caches.keySet());
    }

    /**
     * Makes sure that how an object stands has its series.
     *
     * @param object an object
     */
    public void saw(CustomResource<?, ?> object) {
        begun.add(object.getKind());
        place(object.getKind(), ObjectStanding.of(object));
    }

    private void place(String kind, ObjectStanding standing) {
        Place place = new Place(kind, standing);
        if (known.add(place)) {
            OperatorMeter.OBJECTS.gauge(
                    meters,
                    () -> count().objects().getOrDefault(place, 0),
                    kind,
                    standing.state().label(),
                    standing.reason());
        }
    }

    private synchronized Count count() {
        Instant now = clock.instant();
        if (last == null || now.isBefore(last.at()) || !now.isBefore(last.at().plus(ONE_LOOK))) {
            Map<Place, Integer> objects = new HashMap<>();
            Map<Renewal, Double> untilExpiry = new EnumMap<>(Renewal.class);
            begun.forEach(kind -> objectsOf(kind).forEach(object -> {
                ObjectStanding standing = ObjectStanding.of(object);
                objects.merge(new Place(kind, standing), 1, Integer::sum);
                if (object instanceof MountSession session && ends(standing)) {
                    Instant expiry = session.getStatus().getExpiresAt();
                    if (expiry != null) {
                        // Below zero once it has ended: its Secret is still there, and its mounts fail.
                        untilExpiry.merge(
                                Renewal.of(standing),
                                Duration.between(now, expiry).toMillis() / 1000.0,
                                Math::min);
                    }
                }
            }));
            last = new Count(now, objects, untilExpiry);
        }
        return last;
    }

    private Stream<? extends CustomResource<?, ?>> objectsOf(String kind) {
        var cache = caches.get(kind);
        return cache == null ? Stream.empty() : cache.get();
    }

    /** What is to be deleted or suspended ends because somebody wants it to. */
    private static boolean ends(ObjectStanding standing) {
        return switch (standing.state()) {
            case TERMINATING, SUSPENDED, UNSEEN -> false;
            default -> true;
        };
    }
}
