package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Packing. A right-hand side {@code [k, n]} becomes panels of {@link #COLUMNS} columns, each {@code
 * [k, COLUMNS]} and contiguous, the last one filled up with zeros; so a micro-kernel reads one
 * stream.
 */
final class PanamaPanels {
  /** Rows of a tile that reads a row-major left factor. */
  static final int ROWS = WIDTH == 16 ? 6 : 4;

  /** Columns of a tile and of a panel: two vectors. */
  static final int COLUMNS = 2 * WIDTH;

  /** A column of a packed left panel. */
  private static final VectorSpecies<Float> LEFT =
      WIDTH == 16 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

  /** Rows of a packed left panel, and of the tile that reads it. */
  static final int LEFT_ROWS = LEFT.length();

  /** Floats of a cache line. */
  private static final int LINE = 16;

  /** Blocks of 4 x 4 for transposing; vectors of 128 bits exist everywhere. */
  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

  private static final VectorShuffle<Float> LOW_TWICE = VectorShuffle.fromValues(FOUR, 0, 0, 1, 1);
  private static final VectorShuffle<Float> HIGH_TWICE = VectorShuffle.fromValues(FOUR, 2, 2, 3, 3);
  private static final VectorShuffle<Float> LOW_PAIR = VectorShuffle.fromValues(FOUR, 0, 1, 0, 1);
  private static final VectorShuffle<Float> HIGH_PAIR = VectorShuffle.fromValues(FOUR, 2, 3, 2, 3);
  private static final VectorMask<Float> ODD =
      VectorMask.fromValues(FOUR, false, true, false, true);
  private static final VectorMask<Float> UPPER =
      VectorMask.fromValues(FOUR, false, false, true, true);

  private PanamaPanels() {}

  static int length(int k, int n) {
    return k * roundUp(n, COLUMNS);
  }

  static int roundUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }

  /** Packs {@code b[k, n]}, row p at {@code wo + p * ldw}, panels right behind each other. */
  static void pack(int k, int n, float[] w, int wo, int ldw, float[] packed, int po) {
    pack(k, n, w, wo, ldw, packed, po, k * COLUMNS);
  }

  /**
   * Packs {@code b[k, n]}, row p at {@code wo + p * ldw}, panel j at {@code po + j * stride}. Row
   * by row: the source is read as one stream, and the panels, which are scratch or weights, are in
   * cache.
   */
  static void pack(int k, int n, float[] w, int wo, int ldw, float[] packed, int po, int stride) {
    int whole = n - n % COLUMNS;
    for (int p = 0; p < k; p++) {
      int from = wo + p * ldw;
      int to = po + p * COLUMNS;
      for (int j = 0; j < whole; j += COLUMNS) {
        FloatVector.fromArray(FLOATS, w, from + j).intoArray(packed, to);
        FloatVector.fromArray(FLOATS, w, from + j + WIDTH).intoArray(packed, to + WIDTH);
        to += stride;
      }
      if (whole < n) {
        System.arraycopy(w, from + whole, packed, to, n - whole);
        Arrays.fill(packed, to + n - whole, to + COLUMNS, 0f);
      }
    }
  }

  /** Packs {@code b[k, n]}, column j contiguous at {@code wo + j * ldw}. */
  static void packTransposed(int k, int n, float[] w, int wo, int ldw, float[] packed, int po) {
    int wholeK = k & -4;
    int panel = po;
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      int whole = columns & -4;
      for (int c = 0; c < whole; c += 4) {
        transposeFour(wholeK, w, wo + (j + c) * ldw, ldw, packed, panel + c);
      }
      for (int c = 0; c < columns; c++) {
        int from = wo + (j + c) * ldw;
        for (int p = c < whole ? wholeK : 0; p < k; p++) {
          packed[panel + p * COLUMNS + c] = w[from + p];
        }
      }
      if (columns < COLUMNS) {
        for (int p = 0; p < k; p++) {
          int row = panel + p * COLUMNS;
          Arrays.fill(packed, row + columns, row + COLUMNS, 0f);
        }
      }
      panel += k * COLUMNS;
    }
  }

  /** Four rows of w, k floats each, become four columns of a panel. */
  private static void transposeFour(int k, float[] w, int wo, int ldw, float[] packed, int po) {
    for (int p = 0; p < k; p += 4) {
      FloatVector w0 = FloatVector.fromArray(FOUR, w, wo + p);
      FloatVector w1 = FloatVector.fromArray(FOUR, w, wo + ldw + p);
      FloatVector w2 = FloatVector.fromArray(FOUR, w, wo + 2 * ldw + p);
      FloatVector w3 = FloatVector.fromArray(FOUR, w, wo + 3 * ldw + p);
      FloatVector low01 = w0.rearrange(LOW_TWICE).blend(w1.rearrange(LOW_TWICE), ODD);
      FloatVector low23 = w2.rearrange(LOW_TWICE).blend(w3.rearrange(LOW_TWICE), ODD);
      FloatVector high01 = w0.rearrange(HIGH_TWICE).blend(w1.rearrange(HIGH_TWICE), ODD);
      FloatVector high23 = w2.rearrange(HIGH_TWICE).blend(w3.rearrange(HIGH_TWICE), ODD);
      int to = po + p * COLUMNS;
      low01.blend(low23.rearrange(LOW_PAIR), UPPER).intoArray(packed, to);
      low01.rearrange(HIGH_PAIR).blend(low23, UPPER).intoArray(packed, to + COLUMNS);
      high01.blend(high23.rearrange(LOW_PAIR), UPPER).intoArray(packed, to + 2 * COLUMNS);
      high01.rearrange(HIGH_PAIR).blend(high23, UPPER).intoArray(packed, to + 3 * COLUMNS);
    }
  }

  /**
   * Distance of the panels that {@link #packLeft} and {@link #pack} fill row by row, for panels of
   * {@code floats} floats: an odd number of cache lines, so that the panels of one row do not all
   * fall into the same few sets of the cache.
   */
  static int spreadStride(int floats) {
    return (roundUp(floats, LINE) / LINE | 1) * LINE;
  }

  /**
   * Packs a left factor: {@code a[m, k]}, given as {@code [k, m]}, becomes panels of {@link
   * #LEFT_ROWS} rows, each {@code [k, LEFT_ROWS]}, panel i at {@code po + i * stride}; the stride
   * is a {@link #spreadStride}. Rows beyond m stay unwritten.
   */
  static void packLeft(
      int k, int m, float[] a, int ao, int lda, float[] packed, int po, int stride) {
    int whole = m / LEFT_ROWS;
    for (int p = 0; p < k; p++) {
      int from = ao + p * lda;
      int to = po + p * LEFT_ROWS;
      for (int i = 0; i < whole; i++) {
        FloatVector.fromArray(LEFT, a, from + i * LEFT_ROWS).intoArray(packed, to + i * stride);
      }
      for (int r = whole * LEFT_ROWS; r < m; r++) {
        packed[to + whole * stride + r - whole * LEFT_ROWS] = a[from + r];
      }
    }
  }

  /**
   * Packs as {@link #packLeft} and adds the rows of {@code a [k, m]} to {@code sum [m]}, p
   * ascending, with one read for both. Four rows at a time: the sums are read and written once for
   * them, and panels are written in whole cache lines.
   */
  static void packLeftAndSum(
      int k, int m, float[] a, int ao, float[] sum, int suo, float[] packed, int po, int stride) {
    int whole = m - m % LEFT_ROWS;
    int wholeK = k & -4;
    for (int p = 0; p < wholeK; p += 4) {
      int row = ao + p * m;
      int to = po + p * LEFT_ROWS;
      for (int i = 0; i < whole; i += LEFT_ROWS) {
        FloatVector a0 = FloatVector.fromArray(LEFT, a, row + i);
        FloatVector a1 = FloatVector.fromArray(LEFT, a, row + m + i);
        FloatVector a2 = FloatVector.fromArray(LEFT, a, row + 2 * m + i);
        FloatVector a3 = FloatVector.fromArray(LEFT, a, row + 3 * m + i);
        a0.intoArray(packed, to);
        a1.intoArray(packed, to + LEFT_ROWS);
        a2.intoArray(packed, to + 2 * LEFT_ROWS);
        a3.intoArray(packed, to + 3 * LEFT_ROWS);
        FloatVector sums = FloatVector.fromArray(LEFT, sum, suo + i);
        sums.add(a0).add(a1).add(a2).add(a3).intoArray(sum, suo + i);
        to += stride;
      }
    }
    for (int p = 0; p < k; p++) {
      for (int i = p < wholeK ? whole : 0; i < m; i++) {
        float v = a[ao + p * m + i];
        packed[po + i / LEFT_ROWS * stride + p * LEFT_ROWS + i % LEFT_ROWS] = v;
        sum[suo + i] += v;
      }
    }
  }

  /** Packs one whole panel of a left factor: {@code a[LEFT_ROWS, k]}, given as {@code [k, lda]}. */
  static void packLeftPanel(int k, float[] a, int ao, int lda, float[] packed, int po) {
    for (int p = 0; p < k; p++) {
      FloatVector.fromArray(LEFT, a, ao + p * lda).intoArray(packed, po + p * LEFT_ROWS);
    }
  }
}
