/**
 * The metadata Redis, and what stands between it and a client: a proxy that passes everything on, until it is told not to.
 */
package io.tonbo.artifacts.sandbox.redis;
