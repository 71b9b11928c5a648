package dev.janus.engine.kernel;

import static dev.janus.engine.Golden.assertClose;
import static dev.janus.engine.Golden.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of every implementation against double loops. */
class ProductsTest {
  private static final int[][] SHAPES = {
    {0, 3, 4},
    {3, 0, 4},
    {3, 4, 0},
    {1, 1, 1},
    {1, 3, 128},
    {2, 6, 9},
    {5, 20, 20},
    {6, 32, 7},
    {7, 33, 16},
    {13, 31, 65},
    {65, 128, 9},
    {64, 384, 128},
    {65, 128, 512},
    {12, 96, 33}
  };

  static Stream<Arguments> cases() {
    return TestedKernels.all()
        .flatMap(k -> Arrays.stream(SHAPES).map(s -> Arguments.of(k, s[0], s[1], s[2])));
  }

  @ParameterizedTest(name = "{0} m={1} n={2} k={3}")
  @MethodSource("cases")
  void productsEqualDoubleLoops(Kernels kernels, int m, int n, int k) {
    RandomFloats random = new RandomFloats(m * 31L + n * 7L + k);
    float[] a = random.normals(m * k);
    float[] b = random.normals(k * n);
    float[] bias = random.normals(n);
    float[] packed = new float[kernels.packedLength(k, n)];
    kernels.pack(k, n, b, 0, packed, 0);
    double[] plain = DoubleReference.multiply(m, n, k, doubles(a), doubles(b), new double[m * n]);
    double[] biasRows = new double[m * n];
    for (int i = 0; i < m * n; i++) {
      biasRows[i] = bias[i % n];
    }
    double[] withBias = DoubleReference.multiply(m, n, k, doubles(a), doubles(b), biasRows);

    float[] c = random.normals(m * n);
    kernels.multiply(m, n, k, a, 0, packed, 0, c, 0);
    assertClose("multiply", c, plain, 1e-5);
    kernels.multiplyBias(m, n, k, a, 0, packed, 0, bias, 0, c, 0);
    assertClose("multiplyBias", c, withBias, 1e-5);
    for (int i = 0; i < m * n; i++) {
      c[i] = bias[i % n];
    }
    kernels.multiplyAdd(m, n, k, a, 0, packed, 0, c, 0);
    assertClose("multiplyAdd", c, withBias, 1e-5);
  }

  @ParameterizedTest(name = "{0} m={1} n={2} k={3}")
  @MethodSource("cases")
  void packingTheTransposeEqualsPackingTheMatrix(Kernels kernels, int m, int n, int k) {
    float[] w = new RandomFloats(n + 1000L * k).normals(k * n);
    double[] t = DoubleReference.transpose(k, n, doubles(w));
    float[] transposed = new float[k * n];
    for (int i = 0; i < t.length; i++) {
      transposed[i] = (float) t[i];
    }
    float[] expected = new float[kernels.packedLength(k, n)];
    float[] actual = new float[kernels.packedLength(k, n)];
    kernels.pack(k, n, w, 0, expected, 0);
    kernels.packTransposed(k, n, transposed, 0, actual, 0);
    assertThat(actual).containsExactly(expected);
  }

  @ParameterizedTest(name = "{0} m={1} n={2} rows={3}")
  @MethodSource("cases")
  void outerAddEqualsTheTransposedProduct(Kernels kernels, int m, int n, int rows) {
    RandomFloats random = new RandomFloats(m * 5L + n * 11L + rows);
    float[] dy = random.normals(rows * m);
    float[] x = random.normals(rows * n);
    float[] g = random.normals(m * n);
    double[] expected =
        DoubleReference.multiply(
            m, n, rows, DoubleReference.transpose(rows, m, doubles(dy)), doubles(x), doubles(g));
    float[] scratch = new float[kernels.outerScratchLength(rows, m, n)];
    kernels.outerAdd(rows, m, n, dy, 0, x, 0, g, 0, scratch, 0);
    assertClose("outerAdd", g, expected, 1e-5);
  }

  @ParameterizedTest(name = "{0} m={1} n={2} rows={3}")
  @MethodSource("cases")
  void outerSumAddAddsEveryRowAsWell(Kernels kernels, int m, int n, int rows) {
    RandomFloats random = new RandomFloats(m + n * 3L + 17L * rows);
    float[] dy = random.normals(rows * m);
    float[] x = random.normals(rows * n);
    float[] g = random.normals(m * n);
    float[] sum = random.normals(m);
    float[] outer = g.clone();
    double[] expected = doubles(sum);
    for (int i = 0; i < rows * m; i++) {
      expected[i % m] += dy[i];
    }
    float[] scratch = new float[kernels.outerScratchLength(rows, m, n)];
    kernels.outerAdd(rows, m, n, dy, 0, x, 0, outer, 0, scratch, 0);
    kernels.outerSumAdd(rows, m, n, dy, 0, x, 0, g, 0, sum, 0, scratch, 0);
    assertThat(g).containsExactly(outer);
    assertClose("sum", sum, expected, 1e-5);
  }
}
