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
  /** Rows of a tile. */
  static final int ROWS = WIDTH == 16 ? 6 : 4;

  /** Columns of a tile and of a panel: two vectors. */
  static final int COLUMNS = 2 * WIDTH;

  /** The shortest vector that holds a column of a packed left panel. */
  private static final VectorSpecies<Float> LEFT =
      ROWS == 4 ? FloatVector.SPECIES_128 : FloatVector.SPECIES_256;

  /** Floats that packing a left panel may write past its end. */
  static final int LEFT_EXCESS = LEFT.length() - ROWS;

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
   * fall into the same few sets of the cache, and room for {@link #LEFT_EXCESS}.
   */
  static int spreadStride(int floats) {
    return (roundUp(floats + LEFT_EXCESS, LINE) / LINE | 1) * LINE;
  }

  /**
   * Packs a left factor: {@code a[m, k]}, given as {@code [k, m]}, becomes panels of {@link #ROWS}
   * rows, each {@code [k, ROWS]}, panel i at {@code po + i * stride}; the stride is a {@link
   * #spreadStride}.
   */
  static void packLeft(
      int k, int m, float[] a, int ao, int lda, float[] packed, int po, int stride) {
    // Panels whose columns can be read as whole vectors; the others follow one by one.
    int whole = m < LEFT.length() ? 0 : (m - LEFT.length()) / ROWS + 1;
    for (int p = 0; p < k; p++) {
      int from = ao + p * lda;
      int to = po + p * ROWS;
      for (int i = 0; i < whole; i++) {
        FloatVector.fromArray(LEFT, a, from + i * ROWS).intoArray(packed, to + i * stride);
      }
    }
    for (int i = whole; i * ROWS < m; i++) {
      packLeftPanel(k, m - i * ROWS, a, ao + i * ROWS, lda, packed, po + i * stride);
    }
  }

  /**
   * Packs one panel of a left factor. It may write some floats past the panel, up to {@link
   * #LEFT_EXCESS}; rows beyond {@code available} stay unwritten.
   *
   * @param available floats from {@code ao + p * lda} on that may be read, for every p below k
   */
  static void packLeftPanel(
      int k, int available, float[] a, int ao, int lda, float[] packed, int po) {
    if (available >= LEFT.length()) {
      for (int p = 0; p < k; p++) {
        FloatVector.fromArray(LEFT, a, ao + p * lda).intoArray(packed, po + p * ROWS);
      }
    } else {
      int rows = Math.min(available, ROWS);
      for (int p = 0; p < k; p++) {
        for (int r = 0; r < rows; r++) {
          packed[po + p * ROWS + r] = a[ao + p * lda + r];
        }
      }
    }
  }
}
