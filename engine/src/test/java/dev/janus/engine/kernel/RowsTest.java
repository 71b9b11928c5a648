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

/** Layer norm and gate of every implementation against golden values and differences. */
class RowsTest {
  static Stream<Arguments> cases() {
    int[][] shapes = {{0, 16}, {1, 8}, {2, 16}, {3, 24}, {5, 128}};
    return TestedKernels.all()
        .flatMap(k -> Stream.of(shapes).map(s -> Arguments.of(k, s[0], s[1])));
  }

  @ParameterizedTest
  @MethodSource("dev.janus.engine.kernel.TestedKernels#all")
  void layerNormEqualsTheGoldenOne(Kernels kernels) {
    Golden golden = Golden.read("elementwise");
    int rows = 3;
    int d = 16;
    float[] x = floats(golden.doubles("ln_x"));
    float[] none = new float[d];
    float[] xhat = new float[rows * d];
    float[] rstd = new float[rows];
    float[] y = new float[rows * d];
    kernels.adaNorm(rows, d, x, 0, none, 0, none, 0, xhat, 0, rstd, 0, y, 0);
    assertClose("y", y, golden.doubles("ln_y"), 1e-6);
    assertClose("xhat", xhat, golden.doubles("ln_y"), 1e-6);
    float[] dy = floats(golden.doubles("ln_dy"));
    float[] dx = new float[rows * d];
    float[] sums = new float[d];
    float[] dots = new float[d];
    kernels.adaNormBackward(
        rows, d, dy, 0, xhat, 0, rstd, 0, none, 0, dx, 0, sums, 0, dots, 0, new float[d], 0);
    assertClose("dx", dx, golden.doubles("ln_dx"), 1e-5);
  }

  @ParameterizedTest(name = "{0} rows={1} d={2}")
  @MethodSource("cases")
  void adaNormAndItsGradientEqualTheDoubleOnes(Kernels kernels, int rows, int d) {
    RandomFloats random = new RandomFloats(rows * 100L + d);
    float[] x = random.normals(rows * d, 3f);
    float[] shift = random.normals(d);
    float[] scale = random.normals(d);
    float[] dy = random.normals(rows * d);
    float[] xhat = new float[rows * d];
    float[] rstd = new float[rows];
    float[] y = new float[rows * d];
    kernels.adaNorm(rows, d, x, 0, shift, 0, scale, 0, xhat, 0, rstd, 0, y, 0);
    double[] wideX = doubles(x);
    double[] wideShift = doubles(shift);
    double[] wideScale = doubles(scale);
    double[] wideDy = doubles(dy);
    assertClose("y", y, DoubleReference.adaNorm(rows, d, wideX, wideShift, wideScale), 1e-6);

    float[] before = random.normals(rows * d + 2 * d);
    float[] dx = Arrays.copyOf(before, rows * d);
    float[] dshift = Arrays.copyOfRange(before, rows * d, rows * d + d);
    float[] dscale = Arrays.copyOfRange(before, rows * d + d, rows * d + 2 * d);
    kernels.adaNormBackward(
        rows, d, dy, 0, xhat, 0, rstd, 0, scale, 0, dx, 0, dshift, 0, dscale, 0, new float[d], 0);
    assertClose(
        "dx",
        minus(dx, before, 0),
        Gradients.centralDifferences(
            v -> DoubleReference.adaNorm(rows, d, v, wideShift, wideScale), wideX, wideDy),
        1e-5);
    assertClose(
        "dshift",
        minus(dshift, before, rows * d),
        Gradients.centralDifferences(
            v -> DoubleReference.adaNorm(rows, d, wideX, v, wideScale), wideShift, wideDy),
        1e-5);
    assertClose(
        "dscale",
        minus(dscale, before, rows * d + d),
        Gradients.centralDifferences(
            v -> DoubleReference.adaNorm(rows, d, wideX, wideShift, v), wideScale, wideDy),
        1e-5);
  }

  @ParameterizedTest
  @MethodSource("dev.janus.engine.kernel.TestedKernels#all")
  void aConstantRowHasNoDeviationAndGivesTheShift(Kernels kernels) {
    int d = 24;
    float[] x = new float[d];
    Arrays.fill(x, 5f);
    float[] shift = new RandomFloats(8).normals(d);
    float[] rstd = new float[1];
    float[] y = new float[d];
    kernels.adaNorm(1, d, x, 0, shift, 0, new float[d], 0, new float[d], 0, rstd, 0, y, 0);
    assertThat(y).containsExactly(shift);
    assertThat(rstd[0]).isBetween(999f, 1001f);
  }

  @ParameterizedTest(name = "{0} rows={1} d={2}")
  @MethodSource("cases")
  void gateAndItsGradientFollowTheirFormulas(Kernels kernels, int rows, int d) {
    RandomFloats random = new RandomFloats(rows * 7L + d);
    float[] x = random.normals(rows * d);
    float[] y = random.normals(rows * d);
    float[] gate = random.normals(d);
    float[] out = x.clone();
    kernels.gate(rows, d, out, 0, y, 0, gate, 0, out, 0);
    float[] dout = random.normals(rows * d);
    float[] dy = new float[rows * d];
    float[] dgate = random.normals(d);
    double[] expectedGate = doubles(dgate);
    kernels.gateBackward(rows, d, dout, 0, y, 0, gate, 0, dy, 0, dgate, 0);
    for (int i = 0; i < rows * d; i++) {
      assertThat(out[i]).isEqualTo(Math.fma(gate[i % d], y[i], x[i]));
      assertThat(dy[i]).isEqualTo(gate[i % d] * dout[i]);
      expectedGate[i % d] += (double) dout[i] * y[i];
    }
    assertClose("dgate", dgate, expectedGate, 1e-5);
  }

  private static double[] minus(float[] after, float[] before, int offset) {
    double[] difference = new double[after.length];
    for (int i = 0; i < after.length; i++) {
      difference[i] = (double) after[i] - before[offset + i];
    }
    return difference;
  }
}
