package io.tonbo.artifacts.operator.mountsession;

/**
 * The keys of a published Secret. Never among them: {@code bucket} and {@code storage}, on which the JuiceFS CSI driver would
 * rewrite the volume's {@code setting}.
 */
enum SecretKey {
    METAURL(
            "metaurl",
            Reader.BOTH,
            "URL of the metadata Redis, with the session's user and password: `redis://` or, with TLS, `rediss://`;"
                    + " user and password percent-encoded"),
    NAME("name", Reader.BOTH, "name of the JuiceFS volume; every object of it lies under `<name>/` in the bucket"),
    KEY_PREFIX(
            "key-prefix",
            Reader.POD,
            "prefix of the volume's keys in that Redis, such as `{u_1_w_2}:`; may be empty. A client that uses it leaves"
                    + " the database number of the URL aside"),
    S3_BUCKET("s3-bucket", Reader.POD, "name of the bucket"),
    S3_ENDPOINT("s3-endpoint", Reader.POD, "URL of its S3 service, without the bucket: `https://host` or with a port"),
    AWS_REGION(
            "AWS_REGION",
            Reader.POD,
            "region that requests to the bucket are signed for: of `*.amazonaws.com` the one in the host, else the"
                    + " Workspace's, such as `auto`"),
    AWS_ACCESS_KEY_ID("AWS_ACCESS_KEY_ID", Reader.POD, "access key of the bucket, as an S3 client's environment"),
    AWS_SECRET_ACCESS_KEY("AWS_SECRET_ACCESS_KEY", Reader.POD, "its secret half"),
    AWS_SESSION_TOKEN("AWS_SESSION_TOKEN", Reader.POD, "token of a temporary key; absent for a lasting one"),
    ARTIFACTS_ACCESS_KEY_ID(
            "ARTIFACTS_S3_ACCESS_KEY_ID", Reader.POD, "the same access key, as Tonbo's mount container reads it"),
    ARTIFACTS_SECRET_ACCESS_KEY("ARTIFACTS_S3_SECRET_ACCESS_KEY", Reader.POD, "its secret half"),
    ARTIFACTS_SESSION_TOKEN(
            "ARTIFACTS_S3_SESSION_TOKEN", Reader.POD, "token of a temporary key; absent for a lasting one"),
    MODE("mode", Reader.POD, "`rw` or `ro`; `ro` when either the MountSession or the grant is read-only"),
    MOUNT_OPTIONS(
            "mount-options",
            Reader.POD,
            "what to mount with: `ro` for a read-only session, which not every orchestrator enforces; else empty"),
    EXPIRES_AT(
            "expires-at",
            Reader.POD,
            "when the session ends, by the orchestrator's clock: RFC 3339, UTC, whole seconds"),
    ENVS(
            "envs",
            Reader.CSI,
            "environment of the mount Pod, as JSON: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION` and, of a"
                    + " temporary key, `AWS_SESSION_TOKEN`");

    /** Who reads a key. */
    enum Reader {
        POD("a Pod that mounts"),
        CSI("the JuiceFS CSI driver"),
        BOTH("both");

        private final String words;

        Reader(String words) {
            this.words = words;
        }

        /**
         * @return the reader, for the reference page
         */
        String words() {
            return words;
        }
    }

    private final String key;
    private final Reader reader;
    private final String meaning;

    SecretKey(String key, Reader reader, String meaning) {
        this.key = key;
        this.reader = reader;
        this.meaning = meaning;
    }

    /**
     * @return the key in the Secret's data
     */
    String key() {
        return key;
    }

    /**
     * @return who reads it
     */
    Reader reader() {
        return reader;
    }

    /**
     * @return what its value is, for the reference page
     */
    String meaning() {
        return meaning;
    }
}
