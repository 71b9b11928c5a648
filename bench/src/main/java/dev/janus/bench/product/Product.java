package dev.janus.bench.product;

import dev.janus.bench.duel.Contender;

/** A library's way to compute a {@link Problem}. */
interface Product extends Contender {
  /** {@code c [rows, columns]} of the first {@link #run}. */
  float[] result();
}
