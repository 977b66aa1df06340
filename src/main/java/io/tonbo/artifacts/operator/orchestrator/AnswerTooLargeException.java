package io.tonbo.artifacts.operator.orchestrator;

import java.io.IOException;

/** The body is larger than {@link Exchange#MAX_BODY}; the rest of it was not read. */
final class AnswerTooLargeException extends IOException {}
