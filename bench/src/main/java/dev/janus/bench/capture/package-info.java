/**
 * Captures of any length, {@code bin/bench capture}, which the product and its peers read; and the
 * rate at which they go through the stages of extraction, {@code bin/bench extraction}.
 */
package dev.janus.bench.capture;
