package dev.janus.score;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Some of many rows, chosen by their positions alone. Halves by even and odd positions (0, 2, ...
 * and 1, 3, ...) cover the same time; so do rows that are evenly spread.
 */
public final class RowChoice {
  private RowChoice() {}

  /** The rows at even positions, in order. */
  public static int[] even(int[] rows) {
    return everySecond(rows, 0);
  }

  /** The rows at odd positions, in order. */
  public static int[] odd(int[] rows) {
    return everySecond(rows, 1);
  }

  private static int[] everySecond(int[] rows, int first) {
    return IntStream.range(0, rows.length).filter(k -> k % 2 == first).map(k -> rows[k]).toArray();
  }

  /** All rows, or as many as are enough, evenly spread over them; a new array. */
  public static int[] spread(int[] rows, int most) {
    int count = Math.min(rows.length, most);
    int[] picked = new int[count];
    Arrays.setAll(picked, k -> rows[(int) ((long) k * rows.length / count)]);
    return picked;
  }
}
