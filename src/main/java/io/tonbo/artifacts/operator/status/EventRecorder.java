package io.tonbo.artifacts.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events (events.k8s.io/v1). In a namespace that is being deleted no event can be made any more; then it is
 * recorded in the operator's own, so that the last word on an object is not lost. An event that cannot be recorded never
 * fails a reconcile.
 */
public final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern TRAILING = Pattern.compile("[.-]+$");
    private static final int NOTE_BYTES = 1024;
    private static final int NAME_LENGTH = 230;
    private static final String CONTROLLER = "artifacts.tonbo.io/operator";

    private final KubernetesClient client;
    private final String operatorNamespace;
    private final String instance;
    private final InstantSource clock;

    /**
     * @param client the operator's client
     * @param operatorNamespace where the operator runs
     * @param instance this process, such as the Pod's name; at most 128 characters
     * @param clock the clock
     */
    public EventRecorder(KubernetesClient client, String operatorNamespace, String instance, InstantSource clock) {
        this.client = client;
        this.operatorNamespace = operatorNamespace;
        this.instance = instance;
        this.clock = clock;
    }

    /**
     * @param about the object that it is about
     * @param announcement what to say
     */
    public void record(HasMetadata about, Announcement announcement) {
        String namespace = about.getMetadata().getNamespace();
        try {
            create(namespace, about, announcement);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != 403 && refused.getCode() != 404) {
                LOG.warn("event {} was not recorded: {}", announcement.reason(), refused.getMessage());
                return;
            }
            recordAtHome(about, announcement);
        }
    }

    private void recordAtHome(HasMetadata about, Announcement announcement) {
        try {
            create(operatorNamespace, about, announcement);
        } catch (KubernetesClientException refused) {
            LOG.warn("event {} was not recorded: {}", announcement.reason(), refused.getMessage());
        }
    }

    private void create(String namespace, HasMetadata about, Announcement announcement) {
        client.resource(event(namespace, about, announcement)).create();
    }

    /** As Kubernetes' own components name their events: the object, a dot and something unique. */
    private static String name(String object) {
        String start = object.length() > NAME_LENGTH ? object.substring(0, NAME_LENGTH) : object;
        // A part of a DNS name ends in a letter or a digit.
        return TRAILING.matcher(start).replaceFirst("") + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    /** The API server counts bytes, not characters. */
    private static String bounded(String note) {
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= NOTE_BYTES) {
            return note;
        }
        int end = NOTE_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private Event event(String namespace, HasMetadata about, Announcement announcement) {
        ObjectReference regarding = new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .build();
        Instant now = clock.instant();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name(about.getMetadata().getName()))
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withType(announcement.warning() ? "Warning" : "Normal")
                .withReason(announcement.reason())
                .withAction(announcement.action())
                .withNote(bounded(announcement.note()))
                .withRegarding(regarding)
                .build();
    }
}
