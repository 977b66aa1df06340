package io.tonbo.artifacts.sandbox.s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The requests that arrived, and those who want to know when one has been handled. */
final class S3RequestLog {
    private final List<S3Request> arrived = new CopyOnWriteArrayList<>();
    private final List<S3Observer> observers = new CopyOnWriteArrayList<>();

    void arrived(S3Request request) {
        arrived.add(request);
    }

    void handled(S3Request request) {
        observers.forEach(observer -> observer.handled(request.method(), request.bucket(), request.key()));
    }

    S3Observer.Subscription add(S3Observer observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    List<S3Request> requests() {
        return List.copyOf(arrived);
    }

    void forget() {
        arrived.clear();
    }
}
