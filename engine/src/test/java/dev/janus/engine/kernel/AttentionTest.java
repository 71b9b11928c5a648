package dev.janus.engine.kernel;

import static dev.janus.engine.Golden.assertClose;
import static dev.janus.engine.Golden.doubles;
import static dev.janus.engine.Golden.floats;
import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.engine.Golden;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention of every implementation against golden values, differences and its properties. */
class AttentionTest {
  static Stream<Arguments> cases() {
    int[][] shapes = {
      {1, 1, 8}, {2, 2, 8}, {3, 4, 32}, {9, 2, 8}, {7, 3, 5}, {20, 2, 16}, {33, 1, 4}
    };
    return TestedKernels.all()
        .flatMap(k ->
            Stream.of(shapes)
                .flatMap(s ->
                    Stream.of(AttentionMask.values())
                        .map(mask -> Arguments.of(k, s[0], s[1], s[2], mask))));
  }

  /** The valid tokens of one padded golden flow, packed: packets, then the flow token. */
  private static int[] validTokens(int packets) {
    int[] tokens = new int[packets + 1];
    for (int i = 0; i < packets; i++) {
      tokens[i] = i;
    }
    tokens[packets] = 8;
    return tokens;
  }

  @ParameterizedTest
  @MethodSource("dev.janus.engine.kernel.TestedKernels#all")
  void attentionOfPackedFlowsEqualsTheGoldenPaddedOne(Kernels kernels) {
    Golden golden = Golden.read("attention");
    int[] lens = {5, 8};
    int heads = 2;
    int width = 8;
    for (int flow = 0; flow < 2; flow++) {
      int[] tokens = validTokens(lens[flow]);
      int rows = tokens.length;
      float[] qkv = new float[rows * 3 * heads * width];
      float[] dout = new float[rows * heads * width];
      double[] out = new double[rows * heads * width];
      double[] dqkv = new double[qkv.length];
      for (int i = 0; i < rows; i++) {
        for (int h = 0; h < heads; h++) {
          for (int c = 0; c < width; c++) {
            int at = ((flow * heads + h) * 9 + tokens[i]) * width + c;
            String[] parts = {"q32", "k32", "v32"};
            for (int part = 0; part < 3; part++) {
              int to = ((i * 3 + part) * heads + h) * width + c;
              qkv[to] = golden.floats(parts[part])[at];
              dqkv[to] = golden.floats("d" + parts[part])[at];
            }
            dout[(i * heads + h) * width + c] = golden.floats("dy32")[at];
            out[(i * heads + h) * width + c] = golden.floats("out32")[at];
          }
        }
      }
      Run run = new Run(kernels, rows, heads, width, AttentionMask.CAUSAL, qkv, dout);
      assertClose("out", run.out, out, 1e-6);
      if (lens[flow] == 8) {
        assertClose("dqkv", run.dqkv, dqkv, 1e-5);
      } else {
        // Padded rows of the golden flow read its packets, so only dq is free of them.
        assertClose("dq", queries(run.dqkv), queries(floats(dqkv)), 1e-5);
      }
    }
  }

  private static double[] queries(float[] qkv) {
    int d = 16;
    double[] q = new double[qkv.length / 3];
    for (int i = 0; i < q.length; i++) {
      q[i] = qkv[i / d * 3 * d + i % d];
    }
    return q;
  }

  @ParameterizedTest(name = "{0} rows={1} heads={2} width={3} {4}")
  @MethodSource("cases")
  void attentionAndItsGradientEqualTheDoubleOnes(
      Kernels kernels, int rows, int heads, int width, AttentionMask mask) {
    RandomFloats random = new RandomFloats(rows * 100L + heads * 10L + width);
    float[] qkv = random.normals(rows * 3 * heads * width, 1.5f);
    float[] dout = random.normals(rows * heads * width);
    Run run = new Run(kernels, rows, heads, width, mask, qkv, dout);
    double[] wide = doubles(qkv);
    assertClose("out", run.out, DoubleReference.attention(rows, heads, width, mask, wide), 2e-6);
    assertClose(
        "dqkv",
        run.dqkv,
        Gradients.centralDifferences(
            v -> DoubleReference.attention(rows, heads, width, mask, v), wide, doubles(dout)),
        2e-5);
  }

  @ParameterizedTest
  @MethodSource("dev.janus.engine.kernel.TestedKernels#all")
  void aPacketDoesNotDependOnLaterPacketsToTheBit(Kernels kernels) {
    int heads = 4;
    int width = 32;
    int d = heads * width;
    float[] longFlow = new RandomFloats(5).normals(65 * 3 * d);
    Run whole =
        new Run(kernels, 65, heads, width, AttentionMask.CAUSAL, longFlow, new float[65 * d]);
    for (int packets : new int[] {1, 2, 5, 6, 15, 16, 31, 32, 33, 63}) {
      float[] shortFlow = new RandomFloats(6).normals((packets + 1) * 3 * d);
      System.arraycopy(longFlow, 0, shortFlow, 0, packets * 3 * d);
      Run part =
          new Run(
              kernels,
              packets + 1,
              heads,
              width,
              AttentionMask.CAUSAL,
              shortFlow,
              new float[(packets + 1) * d]);
      assertThat(Arrays.copyOf(part.out, packets * d))
          .as("%d packets", packets)
          .containsExactly(Arrays.copyOf(whole.out, packets * d));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.janus.engine.kernel.TestedKernels#all")
  void noGradientReachesWhatAPacketDoesNotRead(Kernels kernels) {
    int rows = 20;
    int d = 32;
    float[] qkv = new RandomFloats(7).normals(rows * 3 * d);
    float[] dout = new float[rows * d];
    Arrays.fill(dout, 6 * d, 7 * d, 1f);
    for (AttentionMask mask : AttentionMask.values()) {
      Run run = new Run(kernels, rows, 2, 16, mask, qkv, dout);
      int firstUnread = mask.visible(6, rows);
      assertThat(firstUnread).isLessThan(rows);
      float[] unread = Arrays.copyOfRange(run.dqkv, firstUnread * 3 * d, rows * 3 * d);
      for (float v : unread) {
        assertThat(v).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.janus.engine.kernel.TestedKernels#all")
  void hugeScoresNeitherOverflowNorVanish(Kernels kernels) {
    int rows = 5;
    float[] qkv = new RandomFloats(9).normals(rows * 3 * 8, 1e4f);
    Run run = new Run(kernels, rows, 1, 8, AttentionMask.CAUSAL, qkv, new float[rows * 8]);
    for (float v : run.out) {
      assertThat(v).isFinite();
    }
    for (int c = 0; c < 8; c++) {
      assertThat(run.out[c]).isEqualTo(qkv[16 + c]);
    }
  }

  /** One forward and backward call on arrays that hold rubbish before and around. */
  private static final class Run {
    final float[] out;
    final float[] dqkv;

    Run(
        Kernels kernels,
        int rows,
        int heads,
        int width,
        AttentionMask mask,
        float[] qkv,
        float[] dout) {
      RandomFloats random = new RandomFloats(11);
      float[] saved = random.normals(kernels.attentionSavedLength(rows, heads) + 3);
      float[] scratch = random.normals(kernels.attentionScratchLength(rows, heads, width) + 5);
      float[] paddedOut = random.normals(rows * heads * width);
      float[] paddedGradient = random.normals(qkv.length);
      kernels.attention(rows, heads, width, mask, qkv, 0, saved, 3, paddedOut, 0, scratch, 5);
      kernels.attentionBackward(
          rows, heads, width, mask, qkv, 0, saved, 3, dout, 0, paddedGradient, 0, scratch, 5);
      out = paddedOut;
      dqkv = paddedGradient;
    }
  }
}
