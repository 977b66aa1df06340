package io.tonbo.artifacts.operator.problem;

/** Where a problem comes from; the sections of the reference page, in its order. */
public enum Source {
    ORCHESTRATOR("Answers of the orchestrator", CodeSpace.ORCHESTRATOR),
    TRANSPORT("On the way to the orchestrator", CodeSpace.ORCHESTRATOR),
    CONNECTION("The token", CodeSpace.NONE),
    WORKSPACE("The remote workspace", CodeSpace.NONE),
    BUCKET("The bucket and its keys", CodeSpace.BUCKET),
    METADATA("The metadata Redis and the volume", CodeSpace.NONE),
    CLUSTER("Objects in the cluster", CodeSpace.NONE),
    OPERATOR("The operator itself", CodeSpace.NONE);

    /** Whose codes a row's {@code codes} are; a code is unique within its space. */
    enum CodeSpace {
        /** Codes of the orchestrator's answers and the client's own codes for calls without a usable answer. */
        ORCHESTRATOR,
        /** S3 error codes. */
        BUCKET,
        /** Found by the operator, not told by a code. */
        NONE
    }

    private final String title;
    private final CodeSpace codeSpace;

    Source(String title, CodeSpace codeSpace) {
        this.title = title;
        this.codeSpace = codeSpace;
    }

    /**
     * @return the heading of this section on the reference page
     */
    public String title() {
        return title;
    }

    CodeSpace codeSpace() {
        return codeSpace;
    }
}
