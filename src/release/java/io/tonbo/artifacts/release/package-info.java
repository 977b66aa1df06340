/** What a release consists of beside the jar: the container image, its bill of materials, and the bundle for OLM. */
package io.tonbo.artifacts.release;
