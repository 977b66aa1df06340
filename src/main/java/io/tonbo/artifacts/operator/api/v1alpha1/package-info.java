/**
 * The resources that users write and read: spec, status, conditions. From these types the CustomResourceDefinitions in
 * {@code deploy/crds} are generated. No logic lives here, and nothing of this operator is imported here.
 */
package io.tonbo.artifacts.operator.api.v1alpha1;
