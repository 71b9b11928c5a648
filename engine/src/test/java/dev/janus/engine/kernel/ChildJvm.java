package dev.janus.engine.kernel;

import java.util.Arrays;

/** Prints the kernels this JVM chooses and a hash of what they compute, cold and warm. */
final class ChildJvm {
  private ChildJvm() {}

  public static void main(String[] arguments) {
    KernelSelection selection = KernelSelection.choose();
    System.out.println("kernels " + selection.kernels().name());
    System.out.println(selection.explanation());
    int hash = 0;
    for (int round = 0; round < 30; round++) {
      hash = 31 * hash + round(selection.kernels(), round);
    }
    System.out.println("hash " + hash);
  }

  private static int round(Kernels kernels, int seed) {
    int rows = 9;
    int d = 32;
    RandomFloats random = new RandomFloats(seed);
    float[] x = random.normals(rows * d);
    float[] w = random.normals(3 * d * d, 0.2f);
    float[] b = random.normals(3 * d);
    float[] xhat = new float[rows * d];
    float[] rstd = new float[rows];
    float[] y = new float[rows * d];
    kernels.adaNorm(rows, d, x, 0, b, 0, b, d, xhat, 0, rstd, 0, y, 0);
    float[] packed = new float[kernels.packedLength(d, 3 * d)];
    kernels.packTransposed(d, 3 * d, w, 0, packed, 0);
    float[] qkv = new float[rows * 3 * d];
    kernels.multiplyBias(rows, 3 * d, d, y, 0, packed, 0, b, 0, qkv, 0);
    float[] saved = new float[kernels.attentionSavedLength(rows, 2)];
    float[] scratch = new float[kernels.attentionScratchLength(rows, 2, d / 2)];
    kernels.attention(rows, 2, d / 2, AttentionMask.CAUSAL, qkv, 0, saved, 0, y, 0, scratch, 0);
    float[] dqkv = new float[qkv.length];
    kernels.attentionBackward(
        rows, 2, d / 2, AttentionMask.CAUSAL, qkv, 0, saved, 0, x, 0, dqkv, 0, scratch, 0);
    kernels.gelu(dqkv.length, dqkv, 0, dqkv, 0);
    double norm = kernels.sumOfSquares(qkv.length, qkv, 0);
    return Arrays.hashCode(dqkv) + 31 * Arrays.hashCode(y) + Double.hashCode(norm);
  }
}
