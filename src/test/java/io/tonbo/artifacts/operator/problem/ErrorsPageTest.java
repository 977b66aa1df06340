package io.tonbo.artifacts.operator.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.trouble.Trouble;
import io.tonbo.artifacts.sandbox.trouble.Troubles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {
    private static final String UPDATE = "artifacts.docs.update";

    private final String page = ErrorsPage.of(ErrorCatalogue.load().rows());

    @Test
    void thePageIsTheOneThatTheCatalogueMakes() throws IOException {
        Path committed = Path.of(ErrorRow.REFERENCE_PAGE);
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, page);
        }
        assertThat(committed)
                .as("run ./mvnw -B -q test -Dtest=ErrorsPageTest -D%s=true", UPDATE)
                .exists()
                .content()
                .as("out of date; run ./mvnw -B -q test -Dtest=ErrorsPageTest -D%s=true and commit the page", UPDATE)
                .isEqualTo(page);
    }

    @Test
    void everyRowCanBeLinkedToByItsReason() {
        List<String> anchors = Pattern.compile("(?m)^#{2,3} (.+)$")
                .matcher(page)
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();
        assertThat(anchors).doesNotHaveDuplicates();
        for (ErrorRow row : ErrorCatalogue.load().rows()) {
            assertThat(anchors)
                    .contains(row.reference().substring(row.reference().indexOf('#') + 1));
        }
    }

    @Test
    void everythingInTheTableIsOnThePage() {
        for (ErrorRow row : ErrorCatalogue.load().rows()) {
            assertThat(page).contains(row.meaning(), row.operatorDoes(), row.hint());
            row.codes().forEach(code -> assertThat(page).contains("`" + code + "`"));
            if (row.sharedConnectionHint() != null) {
                assertThat(page).contains(row.sharedConnectionHint());
            }
        }
        for (Trouble trouble : Troubles.all()) {
            assertThat(page)
                    .contains("/api/troubles/" + trouble.id() + "/provoke`\n", trouble.cause(), trouble.remedy());
        }
        Troubles.notProvokable().values().forEach(reason -> assertThat(page).contains(reason));
        for (Fact fact : Fact.values()) {
            assertThat(page).contains("`{" + fact.placeholder() + "}`", fact.meaning());
        }
    }
}
