/** What GitOps tools make of the two kinds: Argo CD by its scripts, Flux by kstatus, both in the engines that they run. */
package io.tonbo.artifacts.operator.gitops;
