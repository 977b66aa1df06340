package io.tonbo.artifacts.operator.problem;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the row of one answer among the rows of one code space. */
final class CodeIndex {
    private record StatusClaim(StatusRange range, ProblemType type) {}

    private final Map<String, ErrorRow> byCode = new HashMap<>();
    private final List<StatusClaim> always = new ArrayList<>();
    private final List<StatusClaim> whenCodeUnknown = new ArrayList<>();
    private final ProblemType otherwise;

    /**
     * @throws IllegalArgumentException if two rows claim one code or one status, or not exactly one takes the rest
     */
    CodeIndex(Source.CodeSpace space, List<ErrorRow> rows) {
        List<ErrorRow> own =
                rows.stream().filter(row -> row.source().codeSpace() == space).toList();
        for (ErrorRow row : own) {
            row.codes().forEach(code -> claimCode(code, row));
            row.byStatus().always().forEach(range -> claimStatus(always, range, row.type()));
            row.byStatus().whenCodeUnknown().forEach(range -> claimStatus(whenCodeUnknown, range, row.type()));
        }
        List<ProblemType> rest = own.stream()
                .filter(row -> row.byStatus().otherwise())
                .map(ErrorRow::type)
                .toList();
        if (rest.size() != 1) {
            throw new IllegalArgumentException("exactly one row of " + space + " takes unknown codes, not " + rest);
        }
        otherwise = rest.get(0);
    }

    /** Every code that a row claims. */
    Set<String> codes() {
        return Set.copyOf(byCode.keySet());
    }

    ProblemType find(String code, int httpStatus) {
        Optional<ProblemType> decided = claimant(always, httpStatus);
        if (decided.isPresent()) {
            return decided.get();
        }
        ErrorRow row = code == null ? null : byCode.get(code);
        if (row != null && !row.byStatus().beforeOwnCodes()) {
            return row.type();
        }
        ProblemType rest = row == null ? otherwise : row.type();
        return claimant(whenCodeUnknown, httpStatus).orElse(rest);
    }

    private void claimCode(String code, ErrorRow row) {
        ErrorRow other = byCode.put(code, row);
        if (other != null) {
            throw new IllegalArgumentException("code " + code + " belongs to " + other.type() + " and " + row.type());
        }
    }

    private static void claimStatus(List<StatusClaim> claims, StatusRange range, ProblemType type) {
        for (StatusClaim claim : claims) {
            if (claim.range().overlaps(range)) {
                throw new IllegalArgumentException(
                        "status " + range + " of " + type + " overlaps " + claim.range() + " of " + claim.type());
            }
        }
        claims.add(new StatusClaim(range, type));
    }

    private static Optional<ProblemType> claimant(List<StatusClaim> claims, int httpStatus) {
        return claims.stream()
                .filter(claim -> claim.range().contains(httpStatus))
                .map(StatusClaim::type)
                .findFirst();
    }
}
