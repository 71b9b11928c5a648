package dev.janus.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scalar and vector kernels give the same bits, and write nothing outside their outputs: every
 * array of a call is compared whole, with no tolerance. Arrays start with an odd offset and end
 * with the last element used, so reading past the end fails. Surefire repeats the class at the
 * narrower vector widths.
 */
class KernelTwinsTest {
  private static final int SEEDS = 40;
  private static final int[] SIZES = {0, 1, 3, 6, 7, 9, 15, 16, 17, 20, 31, 33, 63, 128, 384, 512};
  private static final int[] ROWS = {0, 1, 2, 5, 6, 7, 13, 65, 193};
  private static final int[] WIDTHS = {8, 16, 24, 32, 40, 128};

  private final Kernels vector = TestedKernels.vector();

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }

  static IntStream sizes() {
    return IntStream.of(SIZES);
  }

  static Stream<AttentionShape> attentionShapes() {
    return IntStream.of(1, 2, 3, 5, 6, 7, 12, 16, 17, 20, 32, 33, 65)
        .boxed()
        .flatMap(rows ->
            Stream.of(
                    new int[] {1, 8},
                    new int[] {2, 1},
                    new int[] {2, 5},
                    new int[] {3, 20},
                    new int[] {4, 32})
                .flatMap(head ->
                    Stream.of(AttentionMask.values())
                        .map(mask -> new AttentionShape(rows, head[0], head[1], mask))));
  }

  record AttentionShape(int rows, int heads, int width, AttentionMask mask) {}

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void products(int seed) {
    Draw draw = new Draw(seed);
    int m = draw.of(ROWS);
    int n = draw.of(SIZES);
    int k = draw.of(SIZES);
    Buffer a = draw.buffer(m * k);
    Buffer w = draw.buffer(k * n);
    Buffer bias = draw.buffer(n);
    Buffer c = draw.buffer(m * n);
    float[][] arrays = {a.data, w.data, bias.data, c.data};
    String shape = "m=" + m + " n=" + n + " k=" + k;
    for (boolean transposed : new boolean[] {false, true}) {
      assertTwins(
          "multiply " + shape,
          arrays,
          (kernels, x) -> {
            Packed b = new Packed(kernels, k, n, x[1], w.offset, transposed);
            kernels.multiply(m, n, k, x[0], a.offset, b.data, b.offset, x[3], c.offset);
          });
      assertTwins(
          "multiplyBias " + shape,
          arrays,
          (kernels, x) -> {
            Packed b = new Packed(kernels, k, n, x[1], w.offset, transposed);
            kernels.multiplyBias(
                m, n, k, x[0], a.offset, b.data, b.offset, x[2], bias.offset, x[3], c.offset);
          });
      assertTwins(
          "multiplyAdd " + shape,
          arrays,
          (kernels, x) -> {
            Packed b = new Packed(kernels, k, n, x[1], w.offset, transposed);
            kernels.multiplyAdd(m, n, k, x[0], a.offset, b.data, b.offset, x[3], c.offset);
          });
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void weightAndBiasGradients(int seed) {
    Draw draw = new Draw(seed + 1000);
    int rows = draw.of(ROWS);
    int m = draw.of(SIZES);
    int n = draw.of(SIZES);
    Buffer dy = draw.buffer(rows * m);
    Buffer x = draw.buffer(rows * n);
    Buffer g = draw.buffer(m * n);
    Buffer sum = draw.buffer(m);
    String shape = "rows=" + rows + " m=" + m + " n=" + n;
    assertTwins(
        "outerAdd " + shape,
        new float[][] {dy.data, x.data, g.data},
        (kernels, v) -> {
          float[] scratch = new float[kernels.outerScratchLength(rows, m, n) + 3];
          kernels.outerAdd(rows, m, n, v[0], dy.offset, v[1], x.offset, v[2], g.offset, scratch, 3);
        });
    assertTwins(
        "outerSumAdd " + shape,
        new float[][] {dy.data, x.data, g.data, sum.data},
        (kernels, v) -> {
          float[] scratch = new float[kernels.outerScratchLength(rows, m, n) + 3];
          kernels.outerSumAdd(
              rows,
              m,
              n,
              v[0],
              dy.offset,
              v[1],
              x.offset,
              v[2],
              g.offset,
              v[3],
              sum.offset,
              scratch,
              3);
        });
  }

  @ParameterizedTest(name = "n={0}")
  @MethodSource("sizes")
  void arithmetic(int n) {
    Draw draw = new Draw(n + 2000);
    Buffer x = draw.buffer(n);
    Buffer y = draw.buffer(n);
    Buffer z = draw.buffer(n);
    float[][] arrays = {x.data, y.data, z.data};
    assertTwins("add", arrays, (k, v) -> k.add(n, v[0], x.offset, v[1], y.offset));
    assertTwins("scale", arrays, (k, v) -> k.scale(n, 0.7f, v[0], x.offset, v[1], y.offset));
    assertTwins(
        "scale in place", arrays, (k, v) -> k.scale(n, 0.7f, v[0], x.offset, v[0], x.offset));
    assertTwins("scaleAdd", arrays, (k, v) -> k.scaleAdd(n, -3f, v[0], x.offset, v[1], y.offset));
    assertTwins(
        "multiplyElements",
        arrays,
        (k, v) -> k.multiplyElements(n, v[0], x.offset, v[1], y.offset, v[2], z.offset));
    assertTwins(
        "multiplyElements in place",
        arrays,
        (k, v) -> k.multiplyElements(n, v[0], x.offset, v[1], y.offset, v[0], x.offset));
  }

  @ParameterizedTest(name = "n={0}")
  @MethodSource("sizes")
  void activations(int n) {
    for (float spread : new float[] {1f, 10f, 1000f}) {
      Draw draw = new Draw(n + 3000);
      Buffer x = draw.buffer(n, spread);
      Buffer y = draw.buffer(n);
      Buffer z = draw.buffer(n);
      float[][] arrays = {x.data, y.data, z.data};
      assertTwins("exp", arrays, (k, v) -> k.exp(n, v[0], x.offset, v[1], y.offset));
      assertTwins("gelu", arrays, (k, v) -> k.gelu(n, v[0], x.offset, v[1], y.offset));
      assertTwins("silu", arrays, (k, v) -> k.silu(n, v[0], x.offset, v[1], y.offset));
      assertTwins(
          "geluSlope",
          arrays,
          (k, v) -> k.geluSlope(n, v[0], x.offset, v[0], x.offset, v[2], z.offset));
      assertTwins(
          "siluSlope",
          arrays,
          (k, v) -> k.siluSlope(n, v[0], x.offset, v[1], y.offset, v[2], z.offset));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rowKernels(int seed) {
    Draw draw = new Draw(seed + 4000);
    int rows = draw.of(ROWS);
    int d = draw.of(WIDTHS);
    Buffer x = draw.buffer(rows * d, 3f);
    Buffer y = draw.buffer(rows * d);
    Buffer xhat = draw.buffer(rows * d);
    Buffer rstd = draw.buffer(rows);
    Buffer shift = draw.buffer(d);
    Buffer scale = draw.buffer(d);
    String shape = "rows=" + rows + " d=" + d;
    assertTwins(
        "adaNorm " + shape,
        new float[][] {x.data, shift.data, scale.data, xhat.data, rstd.data, y.data},
        (k, v) ->
            k.adaNorm(
                rows,
                d,
                v[0],
                x.offset,
                v[1],
                shift.offset,
                v[2],
                scale.offset,
                v[3],
                xhat.offset,
                v[4],
                rstd.offset,
                v[5],
                y.offset));
    Buffer dy = draw.buffer(rows * d);
    Buffer dshift = draw.buffer(d);
    Buffer dscale = draw.buffer(d);
    assertTwins(
        "adaNormBackward " + shape,
        new float[][] {dy.data, xhat.data, rstd.data, scale.data, x.data, dshift.data, dscale.data},
        (k, v) ->
            k.adaNormBackward(
                rows,
                d,
                v[0],
                dy.offset,
                v[1],
                xhat.offset,
                v[2],
                rstd.offset,
                v[3],
                scale.offset,
                v[4],
                x.offset,
                v[5],
                dshift.offset,
                v[6],
                dscale.offset,
                new float[d + 1],
                1));
    assertTwins(
        "gate " + shape,
        new float[][] {x.data, y.data, scale.data},
        (k, v) ->
            k.gate(rows, d, v[0], x.offset, v[1], y.offset, v[2], scale.offset, v[0], x.offset));
    assertTwins(
        "gateBackward " + shape,
        new float[][] {x.data, y.data, scale.data, dy.data, dshift.data},
        (k, v) ->
            k.gateBackward(
                rows,
                d,
                v[0],
                x.offset,
                v[1],
                y.offset,
                v[2],
                scale.offset,
                v[3],
                dy.offset,
                v[4],
                dshift.offset));
  }

  @ParameterizedTest
  @MethodSource("attentionShapes")
  void attention(AttentionShape shape) {
    int rows = shape.rows;
    int heads = shape.heads;
    int width = shape.width;
    Draw draw = new Draw(rows * 31L + heads * 7L + width);
    Buffer qkv = draw.buffer(rows * 3 * heads * width, 1.5f);
    Buffer out = draw.buffer(rows * heads * width);
    Buffer dout = draw.buffer(rows * heads * width);
    Buffer dqkv = draw.buffer(rows * 3 * heads * width);
    assertTwins(
        shape.toString(),
        new float[][] {qkv.data, out.data, dout.data, dqkv.data},
        (kernels, v) -> {
          float[] saved = rubbish(kernels.attentionSavedLength(rows, heads) + 1);
          float[] scratch = rubbish(kernels.attentionScratchLength(rows, heads, width) + 1);
          kernels.attention(
              rows,
              heads,
              width,
              shape.mask,
              v[0],
              qkv.offset,
              saved,
              1,
              v[1],
              out.offset,
              scratch,
              1);
          kernels.attentionBackward(
              rows,
              heads,
              width,
              shape.mask,
              v[0],
              qkv.offset,
              saved,
              1,
              v[2],
              dout.offset,
              v[3],
              dqkv.offset,
              scratch,
              1);
        });
  }

  @ParameterizedTest(name = "n={0}")
  @MethodSource("sizes")
  void optimizer(int n) {
    Draw draw = new Draw(n + 5000);
    float[] w = draw.buffer(n + 4).data;
    float[] g = draw.buffer(n + 4).data;
    float[] m = draw.buffer(n + 4).data;
    float[] v = draw.buffer(n + 4).data;
    for (int i = 0; i < v.length; i++) {
      v[i] = Math.abs(v[i]);
    }
    float[] ema = draw.buffer(n + 4).data;
    AdamWStep step = new AdamWStep(0.37f, 0.99999f, 0.9f, 0.999f, 1.3e-3f, 5.5f, 1e-8f, 0.995f);
    assertTwins(
        "adamW",
        new float[][] {w, g, m, v, ema},
        (k, a) -> k.adamW(n, step, a[0], a[1], a[2], a[3], a[4], 2));
    assertEquals(
        Double.doubleToRawLongBits(ScalarKernels.INSTANCE.sumOfSquares(n, g, 2)),
        Double.doubleToRawLongBits(vector.sumOfSquares(n, g, 2)));
  }

  private void assertTwins(
      String what, float[][] arrays, BiConsumer<Kernels, float[][]> operation) {
    float[][] expected = copy(arrays);
    float[][] actual = copy(arrays);
    operation.accept(ScalarKernels.INSTANCE, expected);
    operation.accept(vector, actual);
    for (int i = 0; i < arrays.length; i++) {
      assertArrayEquals(expected[i], actual[i], what + ", array " + i);
    }
  }

  private static float[][] copy(float[][] arrays) {
    return Stream.of(arrays).map(float[]::clone).toArray(float[][]::new);
  }

  /** What a reused slab holds, not-a-number included. */
  private static float[] rubbish(int n) {
    float[] x = new RandomFloats(n).normals(n);
    for (int i = 0; i < n; i += 5) {
      x[i] = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
    }
    return x;
  }

  /** Values from {@code offset} to the end of the array. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Buffer(float[] data, int offset) {}

  /** A right-hand side packed at an odd offset into an array just long enough. */
  private static final class Packed {
    final int offset = 7;
    final float[] data;

    Packed(Kernels kernels, int k, int n, float[] w, int wo, boolean transposed) {
      data = rubbish(kernels.packedLength(k, n) + offset);
      if (transposed) {
        kernels.packTransposed(k, n, w, wo, data, offset);
      } else {
        kernels.pack(k, n, w, wo, data, offset);
      }
    }
  }

  private static final class Draw {
    private final Random random;
    private final RandomFloats floats;

    Draw(long seed) {
      random = new Random(seed);
      floats = new RandomFloats(seed + 1);
    }

    int of(int[] values) {
      return values[random.nextInt(values.length)];
    }

    Buffer buffer(int n) {
      return buffer(n, 1f);
    }

    /** Normals, with some zeros of both signs and some tiny and large values among them. */
    Buffer buffer(int n, float spread) {
      int offset = 1 + random.nextInt(5);
      float[] data = floats.normals(n + offset, spread);
      for (int i = 0; i < data.length; i++) {
        switch (random.nextInt(40)) {
          case 0 -> data[i] = 0f;
          case 1 -> data[i] = -0f;
          case 2 -> data[i] *= 1e-20f;
          case 3 -> data[i] *= 50f;
          default -> {}
        }
      }
      return new Buffer(data, offset);
    }
  }
}
