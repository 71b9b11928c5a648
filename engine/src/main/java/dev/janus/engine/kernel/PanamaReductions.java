package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.ROTATE_1;
import static dev.janus.engine.kernel.VectorWidths.ROTATE_2;
import static dev.janus.engine.kernel.VectorWidths.ROTATE_4;
import static dev.janus.engine.kernel.VectorWidths.ROTATE_8;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Sums over a row on 16 virtual lanes (see {@link VirtualLanes}): one vector of 16, two of 8 or
 * four of 4 lanes, then folds 8, 4, 2 and 1 apart. Conditions on the width are constants for the
 * compiler. {@code reduceLanes} is not used: its order differs between interpreted and compiled
 * code.
 */
final class PanamaReductions {
  private PanamaReductions() {}

  /** Sum of x. */
  static float sum(int n, float[] x, int xo) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int whole = n & -Kernels.LANES;
    for (int j = 0; j < whole; j += Kernels.LANES) {
      s0 = s0.add(FloatVector.fromArray(FLOATS, x, xo + j));
      if (WIDTH <= 8) {
        s1 = s1.add(FloatVector.fromArray(FLOATS, x, xo + j + WIDTH));
      }
      if (WIDTH == 4) {
        s2 = s2.add(FloatVector.fromArray(FLOATS, x, xo + j + 2 * WIDTH));
        s3 = s3.add(FloatVector.fromArray(FLOATS, x, xo + j + 3 * WIDTH));
      }
    }
    if (whole < n) {
      int rest = n - whole;
      VectorMask<Float> m0 = FLOATS.indexInRange(0, rest);
      s0 = s0.add(FloatVector.fromArray(FLOATS, x, xo + whole, m0));
      if (WIDTH <= 8) {
        VectorMask<Float> m1 = FLOATS.indexInRange(WIDTH, rest);
        s1 = s1.add(FloatVector.fromArray(FLOATS, x, xo + whole + WIDTH, m1));
      }
      if (WIDTH == 4) {
        VectorMask<Float> m2 = FLOATS.indexInRange(2 * WIDTH, rest);
        s2 = s2.add(FloatVector.fromArray(FLOATS, x, xo + whole + 2 * WIDTH, m2));
        VectorMask<Float> m3 = FLOATS.indexInRange(3 * WIDTH, rest);
        s3 = s3.add(FloatVector.fromArray(FLOATS, x, xo + whole + 3 * WIDTH, m3));
      }
    }
    if (WIDTH == 4) {
      s0 = s0.add(s2);
      s1 = s1.add(s3);
      s0 = s0.add(s1);
    } else if (WIDTH == 8) {
      s0 = s0.add(s1);
      s0 = s0.add(s0.rearrange(ROTATE_4));
    } else {
      s0 = s0.add(s0.rearrange(ROTATE_8));
      s0 = s0.add(s0.rearrange(ROTATE_4));
    }
    s0 = s0.add(s0.rearrange(ROTATE_2));
    s0 = s0.add(s0.rearrange(ROTATE_1));
    return s0.lane(0);
  }

  /** Sum of (x - mean)^2. */
  static float sumOfSquaredDeviations(int n, float[] x, int xo, float mean) {
    FloatVector center = FloatVector.broadcast(FLOATS, mean);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int whole = n & -Kernels.LANES;
    for (int j = 0; j < whole; j += Kernels.LANES) {
      FloatVector d0 = FloatVector.fromArray(FLOATS, x, xo + j).sub(center);
      s0 = d0.fma(d0, s0);
      if (WIDTH <= 8) {
        FloatVector d1 = FloatVector.fromArray(FLOATS, x, xo + j + WIDTH).sub(center);
        s1 = d1.fma(d1, s1);
      }
      if (WIDTH == 4) {
        FloatVector d2 = FloatVector.fromArray(FLOATS, x, xo + j + 2 * WIDTH).sub(center);
        s2 = d2.fma(d2, s2);
        FloatVector d3 = FloatVector.fromArray(FLOATS, x, xo + j + 3 * WIDTH).sub(center);
        s3 = d3.fma(d3, s3);
      }
    }
    if (whole < n) {
      int rest = n - whole;
      VectorMask<Float> m0 = FLOATS.indexInRange(0, rest);
      FloatVector d0 = FloatVector.fromArray(FLOATS, x, xo + whole, m0).sub(center, m0);
      s0 = d0.fma(d0, s0);
      if (WIDTH <= 8) {
        VectorMask<Float> m1 = FLOATS.indexInRange(WIDTH, rest);
        FloatVector d1 = FloatVector.fromArray(FLOATS, x, xo + whole + WIDTH, m1).sub(center, m1);
        s1 = d1.fma(d1, s1);
      }
      if (WIDTH == 4) {
        VectorMask<Float> m2 = FLOATS.indexInRange(2 * WIDTH, rest);
        FloatVector d2 =
            FloatVector.fromArray(FLOATS, x, xo + whole + 2 * WIDTH, m2).sub(center, m2);
        s2 = d2.fma(d2, s2);
        VectorMask<Float> m3 = FLOATS.indexInRange(3 * WIDTH, rest);
        FloatVector d3 =
            FloatVector.fromArray(FLOATS, x, xo + whole + 3 * WIDTH, m3).sub(center, m3);
        s3 = d3.fma(d3, s3);
      }
    }
    if (WIDTH == 4) {
      s0 = s0.add(s2);
      s1 = s1.add(s3);
      s0 = s0.add(s1);
    } else if (WIDTH == 8) {
      s0 = s0.add(s1);
      s0 = s0.add(s0.rearrange(ROTATE_4));
    } else {
      s0 = s0.add(s0.rearrange(ROTATE_8));
      s0 = s0.add(s0.rearrange(ROTATE_4));
    }
    s0 = s0.add(s0.rearrange(ROTATE_2));
    s0 = s0.add(s0.rearrange(ROTATE_1));
    return s0.lane(0);
  }

  /** Sum of x y, fused. */
  static float dot(int n, float[] x, int xo, float[] y, int yo) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int whole = n & -Kernels.LANES;
    for (int j = 0; j < whole; j += Kernels.LANES) {
      s0 =
          FloatVector.fromArray(FLOATS, x, xo + j)
              .fma(FloatVector.fromArray(FLOATS, y, yo + j), s0);
      if (WIDTH <= 8) {
        s1 =
            FloatVector.fromArray(FLOATS, x, xo + j + WIDTH)
                .fma(FloatVector.fromArray(FLOATS, y, yo + j + WIDTH), s1);
      }
      if (WIDTH == 4) {
        s2 =
            FloatVector.fromArray(FLOATS, x, xo + j + 2 * WIDTH)
                .fma(FloatVector.fromArray(FLOATS, y, yo + j + 2 * WIDTH), s2);
        s3 =
            FloatVector.fromArray(FLOATS, x, xo + j + 3 * WIDTH)
                .fma(FloatVector.fromArray(FLOATS, y, yo + j + 3 * WIDTH), s3);
      }
    }
    if (whole < n) {
      int rest = n - whole;
      VectorMask<Float> m0 = FLOATS.indexInRange(0, rest);
      s0 =
          FloatVector.fromArray(FLOATS, x, xo + whole, m0)
              .fma(FloatVector.fromArray(FLOATS, y, yo + whole, m0), s0);
      if (WIDTH <= 8) {
        VectorMask<Float> m1 = FLOATS.indexInRange(WIDTH, rest);
        s1 =
            FloatVector.fromArray(FLOATS, x, xo + whole + WIDTH, m1)
                .fma(FloatVector.fromArray(FLOATS, y, yo + whole + WIDTH, m1), s1);
      }
      if (WIDTH == 4) {
        VectorMask<Float> m2 = FLOATS.indexInRange(2 * WIDTH, rest);
        s2 =
            FloatVector.fromArray(FLOATS, x, xo + whole + 2 * WIDTH, m2)
                .fma(FloatVector.fromArray(FLOATS, y, yo + whole + 2 * WIDTH, m2), s2);
        VectorMask<Float> m3 = FLOATS.indexInRange(3 * WIDTH, rest);
        s3 =
            FloatVector.fromArray(FLOATS, x, xo + whole + 3 * WIDTH, m3)
                .fma(FloatVector.fromArray(FLOATS, y, yo + whole + 3 * WIDTH, m3), s3);
      }
    }
    if (WIDTH == 4) {
      s0 = s0.add(s2);
      s1 = s1.add(s3);
      s0 = s0.add(s1);
    } else if (WIDTH == 8) {
      s0 = s0.add(s1);
      s0 = s0.add(s0.rearrange(ROTATE_4));
    } else {
      s0 = s0.add(s0.rearrange(ROTATE_8));
      s0 = s0.add(s0.rearrange(ROTATE_4));
    }
    s0 = s0.add(s0.rearrange(ROTATE_2));
    s0 = s0.add(s0.rearrange(ROTATE_1));
    return s0.lane(0);
  }
}
