package dev.janus.autograd;

import java.util.Arrays;

/** A stack of numbers that keeps its memory. */
final class IntStack {
  private int[] values = new int[8];
  private int size;

  void push(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int pop() {
    return values[--size];
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }
}
