package io.tonbo.artifacts.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.docs.MarkdownPage.Destination;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation links to is there: pages, headings, files, pictures. Other sites are from a list, and not asked. */
class LinksTest {
    /** Sites that are worth a reader's trust, and stay. */
    private static final Set<String> SITES = Set.of("argo-cd.readthedocs.io", "fluxcd.io", "github.com", "juicefs.com");

    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*", Pattern.DOTALL);
    /** How code, manifests and comments name a page of the documentation. */
    private static final Pattern MENTION = Pattern.compile("\\bdocs/[a-z0-9./_-]+\\.(?:md|png)(?:#[A-Za-z0-9_-]+)?");

    private final Map<Path, MarkdownPage> pages = new HashMap<>();

    LinksTest() {
        Pages.all().forEach(page -> pages.put(page.file(), page));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (MarkdownPage page : pages.values()) {
            for (Destination destination : page.destinations()) {
                links++;
                dead(page.file(), destination)
                        .ifPresent(why -> dead.add(
                                page.file() + ":" + destination.line() + ": " + destination.target() + ": " + why));
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    @Test
    void everySiteOfTheListIsLinkedTo() {
        assertThat(pages.values().stream()
                        .flatMap(page -> page.destinations().stream())
                        .map(Destination::target)
                        .filter(target -> target.startsWith("https://"))
                        .map(target -> URI.create(target).getHost()))
                .containsAll(SITES);
    }

    @Test
    void everyPictureHasWordsForThoseWhoCannotSeeIt() {
        for (MarkdownPage page : pages.values()) {
            assertThat(page.destinations()).filteredOn(Destination::image).allSatisfy(image -> assertThat(image.text())
                    .hasSizeGreaterThan(20));
        }
    }

    @Test
    void everyPageOfTheDocumentationCanBeReachedFromTheReadme() {
        List<Path> reached = new ArrayList<>(List.of(Path.of("README.md")));
        for (int i = 0; i < reached.size(); i++) {
            Path from = reached.get(i);
            for (Destination destination : pages.get(from).destinations()) {
                if (SCHEME.matcher(destination.target()).matches()) {
                    continue;
                }
                Path to = target(from, destination.target());
                if (pages.containsKey(to) && !reached.contains(to)) {
                    reached.add(to);
                }
            }
        }
        assertThat(pages.keySet()).filteredOn(page -> !page.startsWith("src")).isSubsetOf(reached);
    }

    @Test
    void whatCodeAndManifestsSayOfTheDocumentationIsThere() throws IOException {
        List<String> dead = new ArrayList<>();
        int mentions = 0;
        for (Path file : sources()) {
            Matcher mention = MENTION.matcher(Files.readString(Pages.ROOT.resolve(file)));
            while (mention.find()) {
                mentions++;
                dead(Path.of("README.md"), new Destination(0, mention.group(), false, ""))
                        .ifPresent(why -> dead.add(file + ": " + mention.group() + ": " + why));
            }
        }
        assertThat(dead).isEmpty();
        assertThat(mentions).isGreaterThan(3);
    }

    @Test
    void aDeadLinkIsFound() {
        Path here = Path.of("docs/concepts.md");
        assertThat(deadLink(here, "nowhere.md")).contains("no such file");
        assertThat(deadLink(here, "../README.md#nowhere")).contains("no heading");
        assertThat(deadLink(here, "#nowhere-at-all")).contains("no heading");
        assertThat(deadLink(here, "../../elsewhere.md")).contains("outside");
        assertThat(deadLink(here, "https://example.com/")).contains("not on the list");
        assertThat(deadLink(here, "http://juicefs.com/")).contains("https");
        assertThat(deadLink(here, "https://juicefs.com/a b")).contains("malformed");
        assertThat(deadLink(here, "errors.md#bucketnotfound")).isEmpty();
        assertThat(deadLink(here, "https://juicefs.com/docs/")).isEmpty();
    }

    @Test
    void headingsHaveTheAnchorsThatGitHubGivesThem() {
        assertThat(MarkdownPage.slug("BucketNotFound")).isEqualTo("bucketnotfound");
        assertThat(MarkdownPage.slug("What the Secret holds")).isEqualTo("what-the-secret-holds");
        assertThat(MarkdownPage.slug("spec.rolloutRestartTargets[].kind")).isEqualTo("specrolloutrestarttargetskind");
        assertThat(MarkdownPage.slug("Who can read what?")).isEqualTo("who-can-read-what");
        assertThat(MarkdownPage.of(Path.of("page.md"), "# A `b`\n\n## Same\n\n## Same\n")
                        .anchors())
                .containsExactly("a-b", "same", "same-1");
    }

    private String deadLink(Path from, String target) {
        return dead(from, new Destination(0, target, false, "")).orElse("");
    }

    private Optional<String> dead(Path from, Destination destination) {
        String target = destination.target();
        if (SCHEME.matcher(target).matches()) {
            return elsewhere(target);
        }
        Path file = target(from, target);
        if (file.startsWith("..") || file.isAbsolute()) {
            return Optional.of("outside of the project");
        }
        if (!Files.exists(Pages.ROOT.resolve(file))) {
            return Optional.of("there is no such file");
        }
        int hash = target.indexOf('#');
        boolean anchored = hash < 0
                || (pages.containsKey(file) && pages.get(file).anchors().contains(target.substring(hash + 1)));
        return anchored ? Optional.empty() : Optional.of("there is no heading with that anchor");
    }

    /** The file that a relative link means, relative to the project's directory. */
    private static Path target(Path from, String target) {
        String path = target.split("#", 2)[0];
        return path.isEmpty() ? from : from.resolveSibling(path).normalize();
    }

    private static Optional<String> elsewhere(String target) {
        URI uri;
        try {
            uri = URI.create(target);
        } catch (IllegalArgumentException e) {
            return Optional.of("malformed");
        }
        if (target.startsWith("http://127.0.0.1:7700")) {
            return Optional.empty();
        }
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            return Optional.of("not an https URL with a host");
        }
        return SITES.contains(uri.getHost()) ? Optional.empty() : Optional.of("its site is not on the list");
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String directory : List.of("src", "deploy", "examples")) {
            try (Stream<Path> files = Files.walk(Pages.ROOT.resolve(directory))) {
                files.filter(file -> file.toString().matches(".*\\.(java|yaml|html|js|txt|properties)"))
                        // Its own examples of dead links.
                        .filter(file -> !file.endsWith("LinksTest.java"))
                        .map(Pages.ROOT::relativize)
                        .sorted()
                        .forEach(sources::add);
            }
        }
        return sources;
    }
}
