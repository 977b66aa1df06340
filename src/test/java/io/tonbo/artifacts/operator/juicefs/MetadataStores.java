package io.tonbo.artifacts.operator.juicefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import javax.net.ssl.SSLContext;

/** What the tests of the metadata store ask of it and of its failures. */
final class MetadataStores {
    static final String PREFIX = "{u_1_w_2}:";

    private MetadataStores() {}

    static MetadataStore open(String url, String prefix, SSLContext tls, MetadataTimeouts timeouts)
            throws MetadataException {
        return MetadataStore.open(MetadataEndpoint.parse(url), prefix, tls, timeouts);
    }

    interface Call {
        void run() throws Exception;
    }

    static MetadataException failed(Call call) {
        MetadataException failure = catchThrowableOfType(MetadataException.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    static void assertIs(MetadataException e, MetadataException.Kind kind, String words) {
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
        assertThat(e).hasMessageContaining(words);
        assertTellsNothing(e);
    }

    static void assertTellsNothing(MetadataException e) {
        assertThat(e).hasNoCause();
        assertThat(e.getMessage()).doesNotContain("SECRET", "p@ss", "fmt_1", PREFIX);
    }
}
