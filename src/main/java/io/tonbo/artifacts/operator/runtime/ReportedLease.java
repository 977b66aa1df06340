package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease as the library asks for it. Says once what is wrong with it, which the library would say at each attempt; knows
 * whether this replica could be elected; and tells that it is elected only once the API server has written it down, which the
 * library tells when it reads its own name, before it has anything to keep to.
 */
final class ReportedLease extends LeaseLock {
    private static final Logger LOG = LoggerFactory.getLogger(ReportedLease.class);
    private static final Set<Integer> REFUSALS = Set.of(
            HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_NOT_FOUND);

    private final String place;
    private final Duration duration;
    private final Runnable elected;
    private Integer lastCode;
    private boolean held;
    private boolean readable;
    private boolean writable = true;

    /**
     * @param namespace of the Lease
     * @param name of the Lease
     * @param identity of this replica
     * @param duration after which a Lease that was not renewed is anybody's
     * @param elected called when it is this replica's; once
     */
    ReportedLease(String namespace, String name, String identity, Duration duration, Runnable elected) {
        super(namespace, name, identity);
        this.place = namespace + "/" + name;
        this.duration = duration;
        this.elected = elected;
    }

    /**
     * @return whether the Lease was read, and as far as is known could be taken
     */
    synchronized boolean usable() {
        return readable && writable;
    }

    @Override
    public synchronized LeaderElectionRecord get(KubernetesClient client) {
        try {
            LeaderElectionRecord record = reported(() -> super.get(client));
            readable = true;
            // Whether it might be taken nobody knows while another one holds it.
            writable |= record != null && isHeld(record);
            return record;
        } catch (KubernetesClientException e) {
            readable &= !REFUSALS.contains(e.getCode());
            throw e;
        }
    }

    private boolean isHeld(LeaderElectionRecord record) {
        String holder = record.getHolderIdentity();
        return holder != null
                && !holder.isEmpty()
                && record.getRenewTime().plus(duration).isAfter(ZonedDateTime.now(ZoneOffset.UTC));
    }

    @Override
    public synchronized void create(KubernetesClient client, LeaderElectionRecord leader) {
        write(leader, () -> super.create(client, leader));
    }

    @Override
    public synchronized void update(KubernetesClient client, LeaderElectionRecord leader) {
        write(leader, () -> super.update(client, leader));
    }

    private void write(LeaderElectionRecord leader, Runnable request) {
        try {
            reported(() -> {
                request.run();
                return null;
            });
        } catch (KubernetesClientException e) {
            writable &= !REFUSALS.contains(e.getCode());
            throw e;
        }
        writable = true;
        if (lastCode != null) {
            LOG.info("Lease {}: works again", place);
            lastCode = null;
        }
        if (!held && Objects.equals(leader.getHolderIdentity(), identity())) {
            held = true;
            elected.run();
        }
    }

    /** One that was made by hand, and lacks what an election needs, is anybody's. */
    @Override
    protected LeaderElectionRecord toRecord(Lease lease) {
        LeaseSpec spec = lease.getSpec();
        boolean complete = spec != null
                && spec.getLeaseDurationSeconds() != null
                && spec.getAcquireTime() != null
                && spec.getRenewTime() != null
                && spec.getLeaseTransitions() != null;
        if (complete) {
            return super.toRecord(lease);
        }
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        return new LeaderElectionRecord("", duration, now, now, 0);
    }

    /** The library's loop goes on after this exception only. */
    private <T> T reported(Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            report(e);
            throw e;
        } catch (RuntimeException e) {
            KubernetesClientException unexpected =
                    new KubernetesClientException("unexpected " + e.getClass().getName());
            report(unexpected);
            unexpected.addSuppressed(e);
            throw unexpected;
        }
    }

    private void report(KubernetesClientException e) {
        boolean news = lastCode == null || lastCode != e.getCode();
        lastCode = e.getCode();
        // Somebody else was quicker.
        if (news && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
            String answer = e.getCode() <= 0 ? "no usable answer from the API server" : "HTTP " + e.getCode();
            String way = e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                    ? ": the operator's Role must allow to create, get and patch Leases in its namespace"
                    : "";
            LOG.warn("Lease {}: {}{}; tried again until it works", place, answer, way);
        }
    }
}
