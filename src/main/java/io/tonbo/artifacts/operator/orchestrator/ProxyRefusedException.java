package io.tonbo.artifacts.operator.orchestrator;

import java.io.IOException;

/** An HTTP proxy did not open the tunnel, so that its answer is not the orchestrator's. */
final class ProxyRefusedException extends IOException {}
