/** How the parts of the sandbox read the operator's objects. */
package io.tonbo.artifacts.sandbox.resource;
