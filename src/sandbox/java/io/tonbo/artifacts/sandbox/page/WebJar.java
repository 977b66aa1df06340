package io.tonbo.artifacts.sandbox.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * A library for browsers, in a jar on the class path. Its version is the jar's own word, so that it is written in the pom alone.
 *
 * @param name as npm has it
 * @param version of the jar
 */
record WebJar(String name, String version) {
    /**
     * @param name as npm has it
     * @return the library
     * @throws IllegalStateException if it is not on the class path
     */
    static WebJar of(String name) {
        Properties pom = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
            pom.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WebJar(name, pom.getProperty("version"));
    }

    /**
     * @param file within the library
     * @return its content
     * @throws IllegalStateException if it is not there
     */
    byte[] read(String file) {
        return readResource("/META-INF/resources/webjars/" + name + "/" + version + "/" + file);
    }

    /**
     * @param resource on the class path: absolute, or beside this class
     * @return its content
     * @throws IllegalStateException if it is not there
     */
    static byte[] readResource(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = WebJar.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException(resource + " is not on the class path");
        }
        return in;
    }
}
