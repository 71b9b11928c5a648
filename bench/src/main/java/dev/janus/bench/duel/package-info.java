/**
 * Fair timing of two ways to do the same work: both sides warm, then alternating rounds, and the
 * median of the ratios pair by pair.
 */
package dev.janus.bench.duel;
