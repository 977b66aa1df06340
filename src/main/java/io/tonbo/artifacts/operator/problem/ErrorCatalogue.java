package io.tonbo.artifacts.operator.problem;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of everything that can go wrong: exactly one row for each {@link ProblemType}. The rows are data, in
 * {@code catalogue.yaml} beside this class; codes are looked up here and decided about nowhere else. Immutable.
 */
public final class ErrorCatalogue {
    private final List<ErrorRow> rows;
    private final Map<ProblemType, ErrorRow> byType = new EnumMap<>(ProblemType.class);
    private final CodeIndex orchestratorCodes;
    private final CodeIndex bucketCodes;

    /** Reads the table when it is first asked for, once. */
    private static final class Loaded {
        static final ErrorCatalogue CATALOGUE = new ErrorCatalogue(CatalogueReader.readBuiltIn());
    }

    /**
     * @param rows the table, in the order of the reference page
     * @throws IllegalArgumentException if a type has no row or two, or two rows claim one code or status
     */
    ErrorCatalogue(Collection<ErrorRow> rows) {
        this.rows = List.copyOf(rows);
        for (ErrorRow row : rows) {
            if (byType.put(row.type(), row) != null) {
                throw new IllegalArgumentException("two rows for " + row.type());
            }
        }
        Set<ProblemType> without = EnumSet.allOf(ProblemType.class);
        without.removeAll(byType.keySet());
        if (!without.isEmpty()) {
            throw new IllegalArgumentException("no row for " + without);
        }
        orchestratorCodes = new CodeIndex(Source.CodeSpace.ORCHESTRATOR, this.rows);
        bucketCodes = new CodeIndex(Source.CodeSpace.BUCKET, this.rows);
    }

    /**
     * @return the operator's catalogue, read and checked at the first call
     * @throws IllegalStateException if the table in the jar is broken
     */
    public static ErrorCatalogue load() {
        return Loaded.CATALOGUE;
    }

    /**
     * @param type which row, not null
     * @return the row
     */
    public ErrorRow row(ProblemType type) {
        return byType.get(type);
    }

    /**
     * @return all rows, in the order of the reference page
     */
    public List<ErrorRow> rows() {
        return rows;
    }

    /**
     * @return the codes of answers of the orchestrator, and of failures to get one, that are known
     */
    public Set<String> orchestratorCodes() {
        return orchestratorCodes.codes();
    }

    /**
     * Finds the row of an answer of the orchestrator: by a status that decides alone (429), else by a known code whatever
     * its status, else by a status that speaks for itself (401, 403, 502, 503, 504), else the row for unknown codes.
     *
     * @param code code of the answer or of the client, or null
     * @param httpStatus status of the answer, 0 if there is none
     * @return the type, never null
     */
    public ProblemType forCode(String code, int httpStatus) {
        return orchestratorCodes.find(code, httpStatus);
    }

    /**
     * Finds the row of an answer of the object storage in the same way.
     *
     * @param s3Code S3 error code, or null
     * @param httpStatus status of the answer, 0 if there is none
     * @return the type, never null
     */
    public ProblemType forBucketCode(String s3Code, int httpStatus) {
        return bucketCodes.find(s3Code, httpStatus);
    }
}
