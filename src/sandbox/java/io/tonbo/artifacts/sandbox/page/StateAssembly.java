package io.tonbo.artifacts.sandbox.page;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.sandbox.orchestrator.CallLog;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts together what the page shows, from the Kubernetes API, the call log and the switches. Bounded, whatever there is. */
final class StateAssembly {
    /** How many events and calls are shown at most, each. */
    static final int LAST = 200;

    /** How many objects are shown at most. */
    static final int OBJECTS = 500;

    private final ClusterView cluster;
    private final CallLog calls;
    private final Switches switches;

    StateAssembly(ClusterView cluster, CallLog calls, Switches switches) {
        this.cluster = cluster;
        this.calls = calls;
        this.switches = switches;
    }

    /**
     * @param now the time
     * @return what there is to see
     */
    PageState at(Instant now) {
        CardMaker maker = new CardMaker(now);
        Stream<ObjectCard> cards = Stream.concat(
                cluster.workspaces().map(maker::card), cluster.sessions().map(maker::card));
        CallLog.Last last = calls.last(LAST);
        return new PageState(
                cluster.isComplete(),
                cluster.isCurrent(),
                inOrder(cards.toList()),
                cluster.events()
                        .filter(StateAssembly::isOurs)
                        .map(StateAssembly::line)
                        .sorted(NEWEST_EVENT_FIRST)
                        .limit(LAST)
                        .toList(),
                lines(last),
                last.total(),
                switches.lines(),
                switches.others());
    }

    private static final Comparator<PageState.EventLine> NEWEST_EVENT_FIRST = Comparator.comparing(
                    PageState.EventLine::at, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed()
            .thenComparing(PageState.EventLine::id);

    /** A Workspace stands before its sessions, and those whose newest object is newer stand first. */
    static List<ObjectCard> inOrder(List<ObjectCard> cards) {
        Map<String, Instant> newest = new HashMap<>();
        cards.forEach(card -> newest.merge(family(card), made(card), (a, b) -> a.isAfter(b) ? a : b));
        return cards.stream()
                .sorted(Comparator.comparing((ObjectCard card) -> newest.get(family(card)))
                        .reversed()
                        .thenComparing(StateAssembly::family)
                        .thenComparing(card -> !card.kind().equals("Workspace"))
                        .thenComparing(ObjectCard::name))
                .limit(OBJECTS)
                .toList();
    }

    private static String family(ObjectCard card) {
        return card.namespace() + "/" + card.workspace();
    }

    private static Instant made(ObjectCard card) {
        return card.createdAt() == null ? Instant.EPOCH : card.createdAt();
    }

    private static boolean isOurs(Event event) {
        return event.getRegarding() != null
                && String.valueOf(event.getRegarding().getApiVersion()).startsWith(ArtifactsApi.GROUP + "/");
    }

    private static PageState.EventLine line(Event event) {
        return new PageState.EventLine(
                event.getMetadata().getNamespace() + "/" + event.getMetadata().getName(),
                time(event),
                "Warning".equals(event.getType()),
                CardMaker.id(
                        event.getRegarding().getKind(),
                        event.getRegarding().getNamespace(),
                        event.getRegarding().getName()),
                event.getReason(),
                event.getNote(),
                event.getSeries() == null || event.getSeries().getCount() == null
                        ? 1
                        : event.getSeries().getCount());
    }

    private static Instant time(Event event) {
        if (event.getSeries() != null && event.getSeries().getLastObservedTime() != null) {
            return CardMaker.time(event.getSeries().getLastObservedTime().getTime());
        }
        if (event.getEventTime() != null && event.getEventTime().getTime() != null) {
            return CardMaker.time(event.getEventTime().getTime());
        }
        return CardMaker.time(
                event.getDeprecatedLastTimestamp() == null
                        ? event.getMetadata().getCreationTimestamp()
                        : event.getDeprecatedLastTimestamp());
    }

    private static List<PageState.CallLine> lines(CallLog.Last last) {
        List<PageState.CallLine> lines = new ArrayList<>();
        long number = last.total() - last.calls().size();
        for (CallLog.Call call : last.calls()) {
            number++;
            lines.add(line(call, number));
        }
        Collections.reverse(lines);
        return List.copyOf(lines);
    }

    private static PageState.CallLine line(CallLog.Call call, long number) {
        String path = call.path();
        int query = path.indexOf('?');
        return new PageState.CallLine(
                number,
                call.at(),
                call.method(),
                query < 0 ? path : path.substring(0, query),
                call.handle(),
                call.operation() == Operation.LIST ? null : call.workspaceName(),
                call.status(),
                call.code(),
                call.requestId());
    }
}
