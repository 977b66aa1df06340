package io.tonbo.artifacts.sandbox.trouble;

import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a person adds to the commands of a hint: which of two ways is taken, and what is put right in an editor. */
final class WaysOut {
    /**
     * How a hint is followed.
     *
     * @param commands beginnings of those commands that are run; others are another way out
     * @param edit what sed does where something is edited; null for nothing
     * @param again beginnings of the kinds whose manifests are applied then, as the hint says in words
     * @param changed what sed does to a manifest before; null for nothing
     */
    record Way(List<String> commands, String edit, List<String> again, String changed) {
        static final Way ALL_COMMANDS = new Way(List.of("kubectl "), null, List.of(), null);

        static Way only(String... beginnings) {
            return new Way(List.of(beginnings), null, List.of(), null);
        }

        Way editing(String script) {
            return new Way(commands, script, again, changed);
        }

        Way applying(String... kinds) {
            return new Way(commands, edit, List.of(kinds), changed);
        }

        Way changedBy(String script) {
            return new Way(commands, edit, again, script);
        }

        boolean takes(String command) {
            return commands.stream().anyMatch(command::startsWith);
        }
    }

    static final String WORKSPACE = "workspace";
    static final String SESSION = "session";

    private final Map<ProblemType, Way> ways = new EnumMap<>(ProblemType.class);

    /**
     * @param trouble whose
     * @param endpoint of the S3 server
     */
    static Way of(Trouble trouble, String endpoint) {
        WaysOut all = new WaysOut(trouble.id(), endpoint);
        return all.ways.getOrDefault(trouble.type(), Way.ALL_COMMANDS);
    }

    private WaysOut(String id, String endpoint) {
        String otherName = "s/^spec:/&\\n  name: " + id + "-2/";
        editing(ProblemType.INVALID_REQUEST, "s/ttlSeconds: .*/ttlSeconds: 3600/");
        editing(ProblemType.WORKSPACE_NAME_STILL_DELETED, otherName);
        editing(ProblemType.BUCKET_PREFIX_NOT_EMPTY, otherName);
        editing(ProblemType.STORAGE_MISMATCH, bucket(id));
        editing(ProblemType.BUCKET_NOT_FOUND, bucket(id));
        editing(ProblemType.OBJECT_STORAGE_TEST_FAILED, bucket(id + "-bucket"));
        editing(ProblemType.BUCKET_SIGNATURE_MISMATCH, "s/region: .*/region: eu-west-7/");
        editing(ProblemType.ENDPOINT_NOT_ALLOWED, "s#endpoint: .*#endpoint: " + endpoint + "#");
        editing(
                ProblemType.WORKSPACE_EXISTS_STORAGE_DIFFERS,
                bucket(id) + ";s/adoptionPolicy: .*/adoptionPolicy: Adopt/");
        ways.put(ProblemType.WORKSPACE_GONE, Way.ALL_COMMANDS.applying(WORKSPACE));
        ways.put(
                ProblemType.WORKSPACE_REPLACED,
                Way.ALL_COMMANDS.applying(WORKSPACE).changedBy(otherName));
        ways.put(
                ProblemType.WORKSPACE_HELD_BY_ANOTHER,
                Way.ALL_COMMANDS.applying(WORKSPACE).changedBy(otherName));
        ways.put(
                ProblemType.WORKSPACE_STATE_UNEXPECTED,
                Way.only("artifacts workspace delete", "kubectl ").applying(WORKSPACE));
        ways.put(ProblemType.FORMAT_GRANT_MISSING, Way.only("artifacts workspace delete"));
        ways.put(ProblemType.WORKSPACE_NO_LONGER_ACTIVE, Way.ALL_COMMANDS.applying(WORKSPACE, SESSION));
        ways.put(
                ProblemType.WORKSPACE_ABSENT,
                Way.only("kubectl -n NAMESPACE get").applying(WORKSPACE));
        ways.put(ProblemType.DELETION_BLOCKED, Way.only("kubectl -n NAMESPACE create secret"));
    }

    private void editing(ProblemType type, String script) {
        ways.put(type, Way.ALL_COMMANDS.editing(script));
    }

    private static String bucket(String name) {
        return "s/bucket: .*/bucket: " + name + "/";
    }
}
