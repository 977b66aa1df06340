/** The container image: made without a container runtime, the same from the same sources on the same machine. */
package io.tonbo.artifacts.release.image;
