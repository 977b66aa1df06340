/** The container image: made without a container runtime, the same from the same packaged application on the same machine. */
package io.tonbo.artifacts.release.image;
