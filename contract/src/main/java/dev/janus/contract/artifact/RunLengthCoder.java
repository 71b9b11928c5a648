package dev.janus.contract.artifact;

import java.io.ByteArrayOutputStream;

/** Parquet's hybrid of run lengths and bit packing, for numbers into a dictionary. */
final class RunLengthCoder {
  private static final int GROUP = 8;

  private RunLengthCoder() {}

  /**
   * Encodes {@code values[from, to)}.
   *
   * @param width bits per value, 1..32
   */
  static void encode(int[] values, int from, int to, int width, ByteArrayOutputStream out) {
    int at = from;
    while (at < to) {
      if (startsRun(values, at, to)) {
        int end = at;
        while (end < to && values[end] == values[at]) {
          end++;
        }
        varint((end - at) << 1, out);
        for (int shift = 0; shift < width; shift += 8) {
          out.write(values[at] >>> shift);
        }
        at = end;
      } else {
        int end = at;
        while (end < to && !startsRun(values, end, to)) {
          end += GROUP;
        }
        varint((end - at) / GROUP << 1 | 1, out);
        pack(values, at, end, to, width, out);
        at = end;
      }
    }
  }

  private static boolean startsRun(int[] values, int at, int to) {
    if (to - at < GROUP) {
      return false;
    }
    for (int i = 1; i < GROUP; i++) {
      if (values[at + i] != values[at]) {
        return false;
      }
    }
    return true;
  }

  /** The last group is filled up with zeros; readers know how many values count. */
  private static void pack(
      int[] values, int from, int end, int to, int width, ByteArrayOutputStream out) {
    long pending = 0;
    int bits = 0;
    for (int i = from; i < end; i++) {
      pending |= (i < to ? values[i] & 0xffff_ffffL : 0) << bits;
      bits += width;
      while (bits >= 8) {
        out.write((int) pending);
        pending >>>= 8;
        bits -= 8;
      }
    }
  }

  private static void varint(int value, ByteArrayOutputStream out) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
