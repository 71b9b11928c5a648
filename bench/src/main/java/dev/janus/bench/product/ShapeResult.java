package dev.janus.bench.product;

/**
 * A duel on one shape.
 *
 * @param oursGflops our billions of operations per second
 * @param peerGflops the peer's
 * @param ratio median of the ratios round by round
 */
record ShapeResult(Shape shape, double oursGflops, double peerGflops, double ratio) {}
