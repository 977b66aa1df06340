package io.tonbo.artifacts.sandbox;

/** Which Kubernetes API the sandbox has. */
enum KubernetesChoice {
    /** The real one if it is there or can be had in seconds, else the mock. */
    AUTO,
    /** The real one, however long it takes to get it. */
    REAL,
    /** The mock. */
    MOCK
}
