package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import java.util.List;
import java.util.Map;

/**
 * A part of a MountSession's life: how it comes about, and every point of it at which something has had its effect and the
 * operator does not know yet, as {@link io.tonbo.artifacts.operator.testing.EffectTap} names them. Events, and what is
 * repeated as often as chance has it, are left out; a test holds these lists against a recorded life.
 */
enum SessionLife {
    ISSUE(1, "kubernetes patch mountsessions", Point.OPEN, Point.TRY, "kubernetes post secrets", Point.STATUS) {
        @Override
        void prepare(SessionStage stage, String name) {
            // It begins with nothing.
        }

        @Override
        void bringAbout(SessionStage stage, String name) {
            apply(stage, name);
        }
    },
    RENEWAL(2, Point.OPEN, Point.TRY, Point.PUT, Point.RESTART, Point.STATUS, Point.SETTLED) {
        @Override
        void bringAbout(SessionStage stage, String name) {
            // Less than was granted is due at once.
            stage.sessions().edit(name, spec -> spec.setTtlSeconds(1800));
        }
    },
    REISSUE(2, Point.OPEN, Point.TRY, Point.PUT, Point.RESTART, Point.CLOSE, Point.STATUS, Point.SETTLED) {
        @Override
        void bringAbout(SessionStage stage, String name) {
            stage.sessions().annotate(name, ArtifactsApi.REISSUE_REQUESTED_AT, "2026-11-23T12:00:00Z");
        }
    },
    RESTORATION(
            2,
            Point.OPEN,
            Point.TRY,
            "kubernetes post secrets",
            Point.RESTART,
            Point.CLOSE,
            Point.STATUS,
            Point.SETTLED) {
        @Override
        void bringAbout(SessionStage stage, String name) {
            stage.sessions().secret(name).delete();
            stage.sessions().annotate(name, ArtifactsApi.RECONCILE_REQUESTED_AT, "the Secret is gone");
        }
    },
    ROTATION(1, Point.PUT, Point.RESTART, Point.STATUS, Point.SETTLED) {
        @Override
        boolean isNoticedByWhoeverStarts() {
            return true;
        }

        @Override
        void bringAbout(SessionStage stage, String name) {
            String secret = "rotated-" + System.nanoTime();
            stage.world().s3().addKey("AKIDROTATED", secret);
            stage.workspaces().keys("AKIDROTATED", secret);
        }
    },
    DELETION(2, Point.CLOSE, Point.CLOSE + " (2)", "kubernetes delete secrets", "kubernetes patch mountsessions") {
        /** In an overlap. */
        @Override
        void prepare(SessionStage stage, String name) {
            super.prepare(stage, name);
            String first = stage.sessions().get(name).getStatus().getSessionId();
            RENEWAL.bringAbout(stage, name);
            stage.sessions().untilReplaced(name, first);
            stage.account().untilSettled(name);
        }

        @Override
        void bringAbout(SessionStage stage, String name) {
            stage.sessions().delete(name);
        }
    };

    private static final class Point {
        static final String OPEN = "orchestrator open_session";
        static final String TRY = "metadata GET setting";
        static final String PUT = "kubernetes put secrets";
        static final String RESTART = "kubernetes patch deployments";
        static final String STATUS = "kubernetes patch mountsessions/status";
        static final String SETTLED = STATUS + " (2)";
        static final String CLOSE = "orchestrator close_session";
    }

    private final int sessions;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> points;

    SessionLife(int sessions, String... points) {
        this.sessions = sessions;
        this.points = List.of(points);
    }

    /** How many sessions are ever opened up to its end. */
    int sessions() {
        return sessions;
    }

    List<String> points() {
        return points;
    }

    /** Goes up to the moment before. */
    void prepare(SessionStage stage, String name) {
        apply(stage, name);
        stage.account().untilSettled(name);
    }

    /** Whether a running operator would notice it only after minutes. */
    boolean isNoticedByWhoeverStarts() {
        return false;
    }

    /** Does what a user would; returns at once. */
    abstract void bringAbout(SessionStage stage, String name);

    private static void apply(SessionStage stage, String name) {
        stage.workspaces().client().resource(consumer(stage, name)).create();
        stage.sessions().apply(name, SessionStage.WORKSPACE, spec -> {
            spec.setTtlSeconds(3600);
            spec.setRolloutRestartTargets(List.of(new WorkloadReference("Deployment", name)));
        });
    }

    private static Deployment consumer(SessionStage stage, String name) {
        Map<String, String> labels = Map.of("app", name);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(stage.namespace())
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(Map.of(ArtifactsApi.MOUNT_SESSION, name))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("none")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
