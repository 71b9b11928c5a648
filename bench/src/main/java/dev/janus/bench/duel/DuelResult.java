package dev.janus.bench.duel;

/**
 * What a duel gave.
 *
 * @param oursNanos median nanoseconds of one run of ours
 * @param peerNanos median nanoseconds of one run of the peer
 * @param ratio median over the rounds of peer time / our time: above 1 ours is faster. The figure
 *     to quote: both times of a round are taken next to each other, so what slows the machine down
 *     for a while slows both
 */
public record DuelResult(double oursNanos, double peerNanos, double ratio) {}
