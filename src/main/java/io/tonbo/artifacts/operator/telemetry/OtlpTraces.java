package io.tonbo.artifacts.operator.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * Traces that are sent to an OpenTelemetry collector, by OTLP over HTTP. A collector that is out costs traces, never a
 * reconcile: they are sent from a thread of their own, and those that are too many are dropped.
 */
public final class OtlpTraces implements Traces {
    private static final Duration SENT_EVERY = Duration.ofSeconds(2);
    private static final Duration ONE_SENDING = Duration.ofSeconds(5);
    private static final Duration LAST_SENDING = Duration.ofSeconds(2);

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /**
     * @param endpoint where the collector takes traces, such as {@code http://collector:4318/v1/traces}
     * @param ratio the part of the reconciles that is followed, 0 to 1
     * @param about what this process is called, by OpenTelemetry's names of resources
     * @param tls for an endpoint with https
     * @param trust who vouches for it
     */
    public OtlpTraces(URI endpoint, double ratio, Map<String, String> about, SSLContext tls, X509TrustManager trust) {
        var resource = Attributes.builder();
        about.forEach(resource::put);
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(resource.build()))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint.toString())
                                .setSslContext(tls, trust)
                                .setTimeout(ONE_SENDING)
                                .build())
                        .setScheduleDelay(SENT_EVERY)
                        .setExporterTimeout(ONE_SENDING)
                        .build())
                .build();
        tracer = provider.get("io.tonbo.artifacts.operator");
    }

    @Override
    public Step begin(String name) {
        return new SpanStep(tracer.spanBuilder(name).startSpan());
    }

    @Override
    public Step call(String name) {
        return new SpanStep(
                tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT).startSpan());
    }

    @Override
    public void close() {
        provider.shutdown().join(LAST_SENDING.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static final class SpanStep implements Step {
        private final Span span;
        private final Context context;
        private final Scope scope;

        @SuppressWarnings("MustBeClosedChecker") // closed with the step
        SpanStep(Span span) {
            this.span = span;
            this.context = Context.current().with(span);
            this.scope = context.makeCurrent();
        }

        @Override
        public Step with(String key, String value) {
            if (value != null) {
                span.setAttribute(key, value);
            }
            return this;
        }

        @Override
        public Step with(String key, long value) {
            span.setAttribute(key, value);
            return this;
        }

        @Override
        public Step failed(String why) {
            span.setStatus(StatusCode.ERROR, why);
            return this;
        }

        @Override
        public Optional<String> traceId() {
            SpanContext of = span.getSpanContext();
            return of.isSampled() ? Optional.of(of.getTraceId()) : Optional.empty();
        }

        @Override
        public void headers(BiConsumer<String, String> header) {
            if (span.getSpanContext().isSampled()) {
                W3CTraceContextPropagator.getInstance()
                        .inject(context, header, (carrier, name, value) -> carrier.accept(name, value));
            }
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }
}
