package dev.janus.bench.product;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Size of a product of the network.
 *
 * @param m rows: tokens
 * @param in inputs of the layer
 * @param out outputs of the layer
 */
record Shape(int m, int in, int out) {
  private static final int[][] LAYERS = {{128, 128}, {128, 384}, {128, 512}, {512, 128}};

  /** The network's layers on each of the given numbers of tokens. */
  static List<Shape> model(int... tokens) {
    return IntStream.of(tokens)
        .boxed()
        .flatMap(m -> Stream.of(LAYERS).map(layer -> new Shape(m, layer[0], layer[1])))
        .toList();
  }

  /** Floating-point operations of any of the three products. */
  double flops() {
    return 2.0 * m * in * out;
  }

  @Override
  public String toString() {
    return m + "x" + in + "x" + out;
  }
}
