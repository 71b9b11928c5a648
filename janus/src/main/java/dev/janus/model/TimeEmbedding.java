package dev.janus.model;

import dev.janus.engine.SineCosine;

/** Sinusoidal embedding of the flow time t in [0, 1] (method, section 5). */
public final class TimeEmbedding {
  private final double[] frequencies;

  /** Embeddings of width {@code d}, an even number. */
  public TimeEmbedding(int d) {
    frequencies = new double[d / 2];
    for (int k = 0; k < frequencies.length; k++) {
      frequencies[k] = 1000 * StrictMath.exp(-StrictMath.log(10000) * k / frequencies.length);
    }
  }

  /** Writes the embedding of {@code t} to {@code out} from {@code offset} on. */
  public void write(double t, float[] out, int offset) {
    int half = frequencies.length;
    for (int k = 0; k < half; k++) {
      double angle = t * frequencies[k];
      out[offset + k] = (float) SineCosine.cosine(angle);
      out[offset + half + k] = (float) SineCosine.sine(angle);
    }
  }
}
