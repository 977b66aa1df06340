package io.tonbo.artifacts.sandbox.trouble;

import io.tonbo.artifacts.sandbox.s3.S3Action;
import io.tonbo.artifacts.sandbox.s3.S3Effect;
import io.tonbo.artifacts.sandbox.s3.S3Match;
import io.tonbo.artifacts.sandbox.s3.SandboxS3;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One trouble's buckets; the first has its name, and that is the one that faults concern. */
final class TroubleBuckets {
    private final SandboxS3 s3;
    private final String first;
    private final List<String> made = new ArrayList<>();
    private final List<S3Match> faults = new ArrayList<>();

    TroubleBuckets(SandboxS3 s3, String first) {
        this.s3 = s3;
        this.first = first;
    }

    void make(String name) {
        made.add(name);
        s3.createBucket(name);
    }

    /** One that takes signatures for this region only. */
    void make(String name, String region) {
        made.add(name);
        s3.createBucket(name, region);
    }

    void put(String key, String content) {
        s3.put(first, key, content.getBytes(StandardCharsets.UTF_8));
    }

    void fault(S3Action action, S3Effect effect) {
        fault(S3Match.any().action(action), effect);
    }

    void fault(S3Match which, S3Effect effect) {
        S3Match match = which.bucket(first);
        faults.add(match);
        s3.faults().on(match, effect);
    }

    void noFaults() {
        faults.forEach(s3.faults()::off);
        faults.clear();
    }

    void delete() {
        made.forEach(s3::deleteBucket);
        made.clear();
    }
}
