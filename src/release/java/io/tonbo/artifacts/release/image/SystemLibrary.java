package io.tonbo.artifacts.release.image;

import java.nio.file.Path;

/**
 * A file of this machine's C library, or of another that Java is linked with.
 *
 * @param file where it is, here and in the image
 * @param owner the operating system's package that it is of; null if there is no package manager that says so
 */
record SystemLibrary(Path file, SystemPackage owner) {}
