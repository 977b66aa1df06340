/**
 * What stands in front of and inside the sandbox's S3 server: faults, regions, observers. The server itself, its
 * signatures and its "no such bucket" and "invalid access key id" are s3proxy's own.
 */
package io.tonbo.artifacts.sandbox.s3;
