package io.tonbo.artifacts.sandbox.s3;

/**
 * Which requests a fault meets. What is null matches all.
 *
 * @param bucket bucket's name
 * @param accessKeyId the key that signed
 * @param prefix what the object's key, or the prefix of a list, begins with
 * @param action what is wanted
 */
public record S3Match(String bucket, String accessKeyId, String prefix, S3Action action) {
    /**
     * @return matches every request
     */
    public static S3Match any() {
        return new S3Match(null, null, null, null);
    }

    /**
     * @param name a bucket
     * @return the same, for this bucket only
     */
    public S3Match bucket(String name) {
        return new S3Match(name, accessKeyId, prefix, action);
    }

    /**
     * @param id an access key's id
     * @return the same, for this key only
     */
    public S3Match key(String id) {
        return new S3Match(bucket, id, prefix, action);
    }

    /**
     * @param start beginning of an object's key, or of a list's prefix
     * @return the same, for these objects only
     */
    public S3Match prefix(String start) {
        return new S3Match(bucket, accessKeyId, start, action);
    }

    /**
     * @param wanted an action
     * @return the same, for this action only
     */
    public S3Match action(S3Action wanted) {
        return new S3Match(bucket, accessKeyId, prefix, wanted);
    }

    boolean matches(S3Request request) {
        return (bucket == null || bucket.equals(request.bucket()))
                && (accessKeyId == null || accessKeyId.equals(request.accessKeyId()))
                && (prefix == null || request.key().startsWith(prefix))
                && (action == null || action == request.action());
    }
}
