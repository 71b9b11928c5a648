/**
 * Captures of any length for measuring extraction, started by {@code bin/bench capture}. Knows the
 * file format only: what it writes is read by the product and by its peers.
 */
package dev.janus.bench.capture;
