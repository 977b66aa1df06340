/**
 * A real Kubernetes API on one machine: the upstream kube-apiserver, etcd, kubectl and kube-controller-manager, found,
 * downloaded or built, and started as processes of this JVM on free loopback ports.
 */
package io.tonbo.artifacts.sandbox.kube;
