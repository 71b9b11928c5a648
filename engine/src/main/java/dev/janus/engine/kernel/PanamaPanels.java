package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

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

  /** Floats of a cache line: how far a transposing copy runs along a row before the next row. */
  private static final int LINE = 16;

  private PanamaPanels() {}

  static int length(int k, int n) {
    return k * roundUp(n, COLUMNS);
  }

  static int roundUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }

  /** Packs {@code b[k, n]}, row p at {@code wo + p * ldw}. */
  static void pack(int k, int n, float[] w, int wo, int ldw, float[] packed, int po) {
    int panel = po;
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      if (columns == COLUMNS) {
        for (int p = 0; p < k; p++) {
          int from = wo + p * ldw + j;
          int to = panel + p * COLUMNS;
          FloatVector.fromArray(FLOATS, w, from).intoArray(packed, to);
          FloatVector.fromArray(FLOATS, w, from + WIDTH).intoArray(packed, to + WIDTH);
        }
      } else {
        for (int p = 0; p < k; p++) {
          int to = panel + p * COLUMNS;
          System.arraycopy(w, wo + p * ldw + j, packed, to, columns);
          Arrays.fill(packed, to + columns, to + COLUMNS, 0f);
        }
      }
      panel += k * COLUMNS;
    }
  }

  /** Packs {@code b[k, n]}, column j contiguous at {@code wo + j * ldw}. */
  static void packTransposed(int k, int n, float[] w, int wo, int ldw, float[] packed, int po) {
    int panel = po;
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      for (int p = 0; p < k; p += LINE) {
        int end = Math.min(k, p + LINE);
        for (int c = 0; c < columns; c++) {
          int from = wo + (j + c) * ldw;
          for (int q = p; q < end; q++) {
            packed[panel + q * COLUMNS + c] = w[from + q];
          }
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

  /**
   * Packs the left factor of a weight gradient: {@code dy[rows, m]} becomes panels of {@link #ROWS}
   * columns, each {@code [rows, ROWS]}; missing columns of the last panel repeat nothing and are
   * never read.
   */
  static void packLeft(int rows, int m, float[] dy, int dyo, int ldy, float[] packed, int po) {
    int panel = po;
    for (int i = 0; i < m; i += ROWS) {
      int columns = Math.min(ROWS, m - i);
      for (int r = 0; r < rows; r++) {
        int from = dyo + r * ldy + i;
        int to = panel + r * ROWS;
        for (int c = 0; c < columns; c++) {
          packed[to + c] = dy[from + c];
        }
      }
      panel += rows * ROWS;
    }
  }
}
