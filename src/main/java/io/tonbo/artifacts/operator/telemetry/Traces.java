package io.tonbo.artifacts.operator.telemetry;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Follows what is done, step by step, each on the thread that does it: a step that begins while another is under way on its
 * thread is a part of that one. Names, texts and codes only: never a URL, a token, a key, or the text of an exception.
 */
public interface Traces extends AutoCloseable {
    /** Nothing is followed, and nothing is paid for it. */
    Traces OFF = new Traces() {
        @Override
        public Step begin(String name) {
            return Step.NONE;
        }

        @Override
        public Step call(String name) {
            return Step.NONE;
        }

        @Override
        public void close() {
            // Nothing is held open.
        }
    };

    /**
     * @param name what is done
     * @return the step, to be closed on this thread
     */
    Step begin(String name);

    /**
     * @param name what is asked of another server
     * @return the step, to be closed on this thread
     */
    Step call(String name);

    /** Hands over what is not sent yet. */
    @Override
    void close();

    /** One step. */
    interface Step extends AutoCloseable {
        /** Of no trace. */
        Step NONE = new Step() {
            @Override
            public Step with(String key, String value) {
                return this;
            }

            @Override
            public Step with(String key, long value) {
                return this;
            }

            @Override
            public Step failed(String why) {
                return this;
            }

            @Override
            public Optional<String> traceId() {
                return Optional.empty();
            }

            @Override
            public void headers(BiConsumer<String, String> header) {
                // Nobody is to follow it.
            }

            @Override
            public void close() {
                // Nothing began.
            }
        };

        /**
         * @param key a name of {@link TraceKey}
         * @param value what there is to say, or null for nothing
         * @return this
         */
        Step with(String key, String value);

        /**
         * @param key a name of {@link TraceKey}
         * @param value what there is to say
         * @return this
         */
        Step with(String key, long value);

        /**
         * @param why in one word of ours
         * @return this
         */
        Step failed(String why);

        /**
         * @return the id under which the trace is found; empty when it is not sent anywhere
         */
        Optional<String> traceId();

        /**
         * @param header takes the headers that let the other server go on with this trace; not called for what is not followed
         */
        void headers(BiConsumer<String, String> header);

        @Override
        void close();
    }
}
