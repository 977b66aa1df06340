package io.tonbo.artifacts.release.bundle;

import io.fabric8.openshift.api.model.operatorhub.v1alpha1.AppLink;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.Maintainer;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Who answers for a bundle: nothing that the sources could know.
 *
 * @param url where they are found; empty: not said
 * @param mail where they are written to; empty: not said. The catalogues want one
 */
public record Publisher(String url, String mail) {
    private static final String NAME = "Tonbo";

    /**
     * @param properties {@code bundle.url} and {@code bundle.mail}, as {@code ./mvnw -Pimage} takes them
     * @return what they say
     */
    public static Publisher from(Properties properties) {
        return new Publisher(
                properties.getProperty("bundle.url", "").strip(),
                properties.getProperty("bundle.mail", "").strip());
    }

    AppLink provider() {
        return new AppLink(NAME, url.isEmpty() ? null : url);
    }

    List<AppLink> links() {
        return url.isEmpty() ? List.of() : List.of(provider());
    }

    List<Maintainer> maintainers() {
        return Optional.of(mail).filter(address -> !address.isEmpty()).stream()
                .map(address -> new Maintainer(address, NAME))
                .toList();
    }
}
