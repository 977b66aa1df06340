/**
 * The bucket probe, the volume format and the volume check, as a JuiceFS client does them. Knows no Kubernetes and no
 * orchestrator; is handed addresses and credentials and keeps neither.
 */
package io.tonbo.artifacts.operator.juicefs;
