package dev.janus.engine.kernel;

import static dev.janus.engine.Golden.assertClose;
import static dev.janus.engine.Golden.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.engine.Golden;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Element-wise kernels of every implementation against golden values and double functions. */
class ElementsTest {
  private static final String ALL = "dev.janus.engine.kernel.TestedKernels#all";

  private final Golden golden = Golden.read("elementwise");

  @ParameterizedTest
  @MethodSource(ALL)
  void activationsAndTheirSlopesEqualTheGoldenOnes(Kernels kernels) {
    float[] x = Golden.floats(golden.doubles("x"));
    int n = x.length;
    float[] y = new float[n];
    float[] slope = new float[n];
    kernels.geluSlope(n, x, 0, y, 0, slope, 0);
    assertClose("gelu", y, golden.doubles("gelu"), 1e-6);
    assertClose("gelu slope", slope, golden.doubles("gelu_grad"), 1e-6);
    kernels.siluSlope(n, x, 0, y, 0, slope, 0);
    assertClose("silu", y, golden.doubles("silu"), 1e-6);
    assertClose("silu slope", slope, golden.doubles("silu_grad"), 1e-6);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void activationsWithAndWithoutSlopeAreTheSameAndMayRunInPlace(Kernels kernels) {
    float[] x = new RandomFloats(1).normals(77, 4f);
    float[] y = new float[77];
    float[] slope = new float[77];
    float[] inPlace = x.clone();
    kernels.gelu(77, x, 0, y, 0);
    kernels.geluSlope(77, inPlace, 0, inPlace, 0, slope, 0);
    assertThat(inPlace).containsExactly(y);
    float[] again = x.clone();
    kernels.gelu(77, again, 0, again, 0);
    assertThat(again).containsExactly(y);

    kernels.silu(77, x, 0, y, 0);
    inPlace = x.clone();
    kernels.siluSlope(77, inPlace, 0, inPlace, 0, slope, 0);
    assertThat(inPlace).containsExactly(y);
    again = x.clone();
    kernels.silu(77, again, 0, again, 0);
    assertThat(again).containsExactly(y);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void activationsStayExactFarFromZero(Kernels kernels) {
    float[] x = {-1e4f, -100f, -30f, -12f, -8f, -1e-6f, -0f, 0f, 1e-6f, 8f, 30f, 1e4f};
    float[] gelu = new float[x.length];
    float[] silu = new float[x.length];
    kernels.gelu(x.length, x, 0, gelu, 0);
    kernels.silu(x.length, x, 0, silu, 0);
    for (int i = 0; i < x.length; i++) {
      double g = DoubleReference.gelu(x[i]);
      assertThat(gelu[i]).isCloseTo((float) g, within((float) (1e-6 * Math.abs(g) + 1e-12)));
      double s = DoubleReference.silu(x[i]);
      assertThat(silu[i]).isCloseTo((float) s, within((float) (1e-6 * Math.abs(s) + 1e-12)));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void expIsExactToThreeTenMillionthsAndClamps(Kernels kernels) {
    float[] x = new RandomFloats(2).uniforms(200_000, -87f, 88f);
    float[] y = new float[x.length];
    kernels.exp(x.length, x, 0, y, 0);
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      double e = Math.exp(x[i]);
      worst = Math.max(worst, Math.abs(y[i] - e) / e);
    }
    assertThat(worst).isLessThan(1.5e-7);

    float[] edges = {-1e30f, -87f, 0f, -0f, 88f, 1e30f, Float.POSITIVE_INFINITY};
    float[] out = new float[edges.length];
    kernels.exp(edges.length, edges, 0, out, 0);
    assertThat(out[0]).isEqualTo(out[1]).isPositive();
    assertThat(out[2]).isEqualTo(1f);
    assertThat(out[3]).isEqualTo(1f);
    assertThat(out[5]).isEqualTo(out[4]).isEqualTo(out[6]).isLessThan(Float.MAX_VALUE);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void notANumberStaysNotANumber(Kernels kernels) {
    float[] x = new float[40];
    x[0] = Float.NaN;
    x[37] = Float.NaN;
    float[] y = new float[40];
    kernels.exp(40, x, 0, y, 0);
    assertThat(y[0]).isNaN();
    assertThat(y[37]).isNaN();
    assertThat(y[1]).isEqualTo(1f);
    kernels.gelu(40, x, 0, y, 0);
    assertThat(y[0]).isNaN();
    assertThat(y[37]).isNaN();
    kernels.silu(40, x, 0, y, 0);
    assertThat(y[0]).isNaN();
    assertThat(y[37]).isNaN();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void arithmeticKernelsFollowTheirFormulas(Kernels kernels) {
    RandomFloats random = new RandomFloats(3);
    int n = 53;
    float[] x = random.normals(n);
    float[] y = random.normals(n);
    float[] out = y.clone();
    kernels.add(n, x, 0, out, 0);
    for (int i = 0; i < n; i++) {
      assertThat(out[i]).isEqualTo(y[i] + x[i]);
    }
    kernels.scale(n, 0.3f, x, 0, out, 0);
    for (int i = 0; i < n; i++) {
      assertThat(out[i]).isEqualTo(0.3f * x[i]);
    }
    out = y.clone();
    kernels.scaleAdd(n, 0.3f, x, 0, out, 0);
    for (int i = 0; i < n; i++) {
      assertThat(out[i]).isEqualTo(Math.fma(0.3f, x[i], y[i]));
    }
    kernels.multiplyElements(n, x, 0, y, 0, out, 0);
    for (int i = 0; i < n; i++) {
      assertThat(out[i]).isEqualTo(x[i] * y[i]);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void slopesAreTheDerivatives(Kernels kernels) {
    float[] x = new RandomFloats(4).uniforms(500, -7f, 7f);
    float[] y = new float[500];
    float[] gelu = new float[500];
    float[] silu = new float[500];
    kernels.geluSlope(500, x, 0, y, 0, gelu, 0);
    kernels.siluSlope(500, x, 0, y, 0, silu, 0);
    double[] at = doubles(x);
    assertClose("gelu'", gelu, slopes(at, DoubleReference::gelu), 1e-6);
    assertClose("silu'", silu, slopes(at, DoubleReference::silu), 1e-6);
  }

  private static double[] slopes(double[] x, DoubleUnaryOperator f) {
    double[] slopes = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      slopes[i] = (f.applyAsDouble(x[i] + 1e-5) - f.applyAsDouble(x[i] - 1e-5)) / 2e-5;
    }
    return slopes;
  }
}
