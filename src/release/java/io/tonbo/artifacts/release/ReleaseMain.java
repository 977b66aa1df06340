package io.tonbo.artifacts.release;

import io.tonbo.artifacts.release.bundle.OperatorBundle;
import io.tonbo.artifacts.release.bundle.Publisher;
import io.tonbo.artifacts.release.image.ImageSettings;
import io.tonbo.artifacts.release.image.OperatorImage;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code ./mvnw -Pimage package}: the image as a file, its bill of materials, and the bundle for OLM. Nothing is pushed. */
public final class ReleaseMain {
    private ReleaseMain() {}

    /**
     * @param args none; the settings are system properties, see {@link ImageSettings#from}
     * @throws Exception if a part cannot be made; says why
     */
    public static void main(String... args) throws Exception {
        ImageSettings settings = ImageSettings.from(System.getProperties());
        Path project = ProjectRoot.find();
        Path target = project.resolve("target");
        Path tar = target.resolve("artifacts-operator-image.tar");
        Path sbom = target.resolve("artifacts-operator-image.cdx.json");
        String id =
                new OperatorImage(settings, project, Files.createDirectories(target.resolve("image"))).build(tar, sbom);
        Path bundle = target.resolve("bundle");
        new OperatorBundle(project, settings, Publisher.from(System.getProperties())).write(bundle);
        System.out.println("image   " + settings.name() + " " + id);
        System.out.println("        " + project.relativize(tar));
        System.out.println("parts   " + project.relativize(sbom));
        System.out.println("bundle  " + project.relativize(bundle));
        // What the mock of Kubernetes leaves behind would go on.
        System.exit(0);
    }
}
