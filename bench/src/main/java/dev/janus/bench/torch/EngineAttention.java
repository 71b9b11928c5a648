package dev.janus.bench.torch;

import dev.janus.bench.duel.Contender;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.random.CounterRandom;

/**
 * Our attention on full-length flows, forward and backward chunk by chunk as the trainer does it,
 * the backward pass from the last flow to the first. Every flow has operands and results of its
 * own, as in libtorch; what the forward pass saves for the backward one lives for a chunk, as on
 * the trainer's tape.
 */
final class EngineAttention implements Contender {
  static final int FLOWS = 128;
  static final int TOKENS = 65;

  /** Flows of a chunk: about 500 tokens, as the trainer cuts them. */
  private static final int CHUNK = 8;

  static final int HEADS = 4;
  static final int WIDTH = 32;
  static final int D = HEADS * WIDTH;

  private final Kernels kernels;
  private final float[] qkv = normals(1, FLOWS * TOKENS * 3 * D);
  private final float[] outputGradient = normals(2, FLOWS * TOKENS * D);
  private final float[] output = new float[FLOWS * TOKENS * D];
  private final float[] gradient = new float[FLOWS * TOKENS * 3 * D];
  private final int savedPerFlow;
  private final float[] saved;
  private final float[] scratch;

  EngineAttention(Kernels kernels) {
    this.kernels = kernels;
    this.savedPerFlow = kernels.attentionSavedLength(TOKENS, HEADS);
    this.saved = new float[CHUNK * savedPerFlow];
    this.scratch = new float[kernels.attentionScratchLength(TOKENS, HEADS, WIDTH)];
  }

  @Override
  public String name() {
    return kernels.name();
  }

  @Override
  public void run() {
    for (int from = 0; from < FLOWS; from += CHUNK) {
      forward(from, from + CHUNK);
      backward(from, from + CHUNK);
    }
  }

  private void forward(int from, int to) {
    for (int f = from; f < to; f++) {
      kernels.attention(
          TOKENS,
          HEADS,
          WIDTH,
          AttentionMask.CAUSAL,
          qkv,
          f * TOKENS * 3 * D,
          saved,
          (f - from) * savedPerFlow,
          output,
          f * TOKENS * D,
          scratch,
          0);
    }
  }

  private void backward(int from, int to) {
    for (int f = to - 1; f >= from; f--) {
      kernels.attentionBackward(
          TOKENS,
          HEADS,
          WIDTH,
          AttentionMask.CAUSAL,
          qkv,
          f * TOKENS * 3 * D,
          saved,
          (f - from) * savedPerFlow,
          outputGradient,
          f * TOKENS * D,
          gradient,
          f * TOKENS * 3 * D,
          scratch,
          0);
    }
  }

  /** {@code [flows, tokens, 3 d]}: q, k, v. */
  float[] qkv() {
    return qkv;
  }

  /** {@code [flows, tokens, d]}. */
  float[] outputGradient() {
    return outputGradient;
  }

  /** {@code [flows, tokens, d]}. */
  float[] output() {
    return output;
  }

  /** Gradient of {@link #qkv}. */
  float[] gradient() {
    return gradient;
  }

  private static float[] normals(long key, int n) {
    float[] values = new float[n];
    CounterRandom.fillNormals(key, values, 0, n);
    return values;
  }
}
