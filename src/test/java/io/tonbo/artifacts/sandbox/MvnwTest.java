package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine that lacks something is told before Maven starts. */
class MvnwTest {
    @TempDir
    Path scratch;

    @Test
    void aJavaHomeThatIsNone() throws Exception {
        assertOneLine(
                Map.of("JAVA_HOME", "/nowhere"),
                "JAVA_HOME=/nowhere is no JDK, it has no bin/javac: install JDK 17 or newer");
    }

    @Test
    void noJavaAtAll() throws Exception {
        assertOneLine(Map.of("PATH", scratch.toString()), "There is no JDK: install JDK 17 or newer");
    }

    @Test
    void aHomeThatCannotBeWritten() throws Exception {
        Path own = Files.createDirectory(scratch.resolve("own"));
        assertThat(own.toFile().setWritable(false)).isTrue();
        // Whom permissions do not bind, such as root, a file system may.
        Path home = Stream.of(own, Path.of("/sys"))
                .filter(Files::isDirectory)
                .filter(directory -> !Files.isWritable(directory))
                .findFirst()
                .orElse(null);
        assumeTrue(home != null, "nothing here is unwritable");
        assertOneLine(
                Map.of("JAVA_HOME", System.getProperty("java.home"), "MAVEN_USER_HOME", home.toString()),
                home
                        + " cannot be written: change its permissions, or let HOME or MAVEN_USER_HOME name another directory.");
    }

    @Test
    void aHomeThatCannotBeMade() throws Exception {
        Path home = Files.writeString(scratch.resolve("home"), "not a directory");
        assertOneLine(
                Map.of("JAVA_HOME", System.getProperty("java.home"), "HOME", home.toString()),
                home + "/.m2 cannot be made: let HOME or MAVEN_USER_HOME name a directory that can be written.");
    }

    private void assertOneLine(Map<String, String> environment, String said) throws Exception {
        ProcessBuilder command = new ProcessBuilder("/bin/sh", "./mvnw", "-Psandbox")
                .directory(ProjectRoot.find().toFile())
                .redirectErrorStream(true);
        command.environment().remove("JAVA_HOME");
        command.environment().remove("MAVEN_USER_HOME");
        command.environment().putAll(environment);
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).startsWith(said).hasLineCount(1);
    }
}
