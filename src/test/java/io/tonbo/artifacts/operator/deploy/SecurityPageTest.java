package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The security page names every permission that is shipped, and none besides. */
class SecurityPageTest {
    private static final Path PAGE = ProjectRoot.find().resolve("docs/security.md");

    /** Such as {@code | `workspaces`, `mountsessions`: get, list | to see them |}. */
    private static final Pattern ROW = Pattern.compile("^\\| ((?:`[a-z/]+`(?:, )?)+): ([a-z, ]+) \\| \\S.* \\|$");

    @Test
    void itsTableIsWhatIsShipped() throws IOException {
        assertThat(permissionsOnThePage())
                .containsExactlyInAnyOrderElementsOf(ShippedRbac.inDeploy().permissions().stream()
                        .map(permission -> permission.verb() + " " + permission.resource())
                        .toList());
    }

    private static List<String> permissionsOnThePage() throws IOException {
        List<String> permissions = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                for (String resource : row.group(1).split(", ", -1)) {
                    for (String verb : row.group(2).split(", ", -1)) {
                        permissions.add(verb + " " + resource.replace("`", ""));
                    }
                }
            }
        }
        return permissions;
    }
}
