/**
 * The sandbox's S3 server, and what stands in front of and inside it: faults, regions, observers. Its signatures and its "no
 * such bucket" and "invalid access key id" are s3proxy's own.
 */
package io.tonbo.artifacts.sandbox.s3;
