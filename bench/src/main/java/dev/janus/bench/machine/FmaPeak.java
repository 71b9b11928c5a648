package dev.janus.bench.machine;

import dev.janus.bench.duel.Contender;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fused multiply-adds in registers alone, in enough independent chains to hide their latency: the
 * rate no kernel of this core can exceed.
 */
final class FmaPeak implements Contender {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int STEPS = 8192;

  private final float[] result = new float[SPECIES.length()];

  @Override
  public String name() {
    return "FMA in registers, " + SPECIES.vectorBitSize() + " bits";
  }

  /** Floating-point operations of a run. */
  double flops() {
    return 2.0 * CHAINS * STEPS * SPECIES.length();
  }

  @Override
  public void run() {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector y = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector c0 = FloatVector.broadcast(SPECIES, 0.1f);
    FloatVector c1 = FloatVector.broadcast(SPECIES, 0.2f);
    FloatVector c2 = FloatVector.broadcast(SPECIES, 0.3f);
    FloatVector c3 = FloatVector.broadcast(SPECIES, 0.4f);
    FloatVector c4 = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector c5 = FloatVector.broadcast(SPECIES, 0.6f);
    FloatVector c6 = FloatVector.broadcast(SPECIES, 0.7f);
    FloatVector c7 = FloatVector.broadcast(SPECIES, 0.8f);
    FloatVector c8 = FloatVector.broadcast(SPECIES, 0.9f);
    FloatVector c9 = FloatVector.broadcast(SPECIES, 1.0f);
    FloatVector c10 = FloatVector.broadcast(SPECIES, 1.1f);
    FloatVector c11 = FloatVector.broadcast(SPECIES, 1.2f);
    for (int i = 0; i < STEPS; i++) {
      c0 = c0.fma(x, y);
      c1 = c1.fma(x, y);
      c2 = c2.fma(x, y);
      c3 = c3.fma(x, y);
      c4 = c4.fma(x, y);
      c5 = c5.fma(x, y);
      c6 = c6.fma(x, y);
      c7 = c7.fma(x, y);
      c8 = c8.fma(x, y);
      c9 = c9.fma(x, y);
      c10 = c10.fma(x, y);
      c11 = c11.fma(x, y);
    }
    FloatVector low = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    low.add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).intoArray(result, 0);
  }
}
