/** What stands between a client and the metadata Redis: it passes everything on, until it is told not to. */
package io.tonbo.artifacts.sandbox.redis;
