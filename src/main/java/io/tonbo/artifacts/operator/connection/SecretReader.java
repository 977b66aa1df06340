package io.tonbo.artifacts.operator.connection;

import java.util.Optional;

/** Reads Secrets by name: this operator never lists or watches them. */
@FunctionalInterface
public interface SecretReader {
    /**
     * @param namespace the Secret's namespace
     * @param name the Secret's name
     * @return what it holds; empty if there is no such Secret
     * @throws SecretReadException if that could not be found out
     */
    Optional<SecretData> get(String namespace, String name) throws SecretReadException;
}
