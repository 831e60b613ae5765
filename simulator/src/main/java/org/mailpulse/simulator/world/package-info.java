/**
 * The planted mail internet as pure functions of (seed, index or name, survey). Nothing is kept per domain: every fact is
 * drawn by a hash, and every name can be turned back into the index that it was made from.
 *
 * <p>All names are invented. Domains live under top-level domains that do not exist (two-letter codes are of the range
 * that ISO 3166 leaves to its users, so no country will ever get one), providers under {@code .example} and
 * {@code .test} (RFC 2606). A survey is an index, 0 for the oldest.
 */
package org.mailpulse.simulator.world;
