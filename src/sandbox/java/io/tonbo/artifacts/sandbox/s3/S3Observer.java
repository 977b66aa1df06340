package io.tonbo.artifacts.sandbox.s3;

/** Is told of each request once it has been handled, and before a byte of the reply is sent. */
@FunctionalInterface
public interface S3Observer {
    /**
     * @param method HTTP method
     * @param bucket bucket's name; empty for a request about none
     * @param key object's key; of a list the prefix asked for; may be empty
     */
    void handled(String method, String bucket, String key);

    /** Ends an observer's being told. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
