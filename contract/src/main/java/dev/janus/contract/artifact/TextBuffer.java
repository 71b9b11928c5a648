package dev.janus.contract.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Text values. Each distinct one is kept once; the pages hold numbers into that dictionary when
 * values repeat enough for it to pay, else the values themselves.
 */
final class TextBuffer implements ColumnBuffer {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<byte[]> distinct = new ArrayList<>();
  private final int[] codes;
  private int rows;
  private String latest = "";
  private boolean useDictionary;

  TextBuffer(int capacity) {
    codes = new int[capacity];
  }

  @SuppressWarnings("ReferenceEquality") // equal text in another object is found by the map
  void add(String value) {
    if (value == latest && rows > 0) {
      codes[rows] = codes[rows - 1];
      rows++;
      return;
    }
    latest = value;
    Integer known = numbers.get(value);
    if (known == null) {
      known = distinct.size();
      numbers.put(value, known);
      distinct.add(value.getBytes(StandardCharsets.UTF_8));
    }
    codes[rows++] = known;
  }

  @Override
  public int rows() {
    return rows;
  }

  /**
   * A dictionary costs its values plus a number per row; below two rows a value it gains little.
   */
  @Override
  public void seal() {
    useDictionary = distinct.size() <= rows / 2;
  }

  @Override
  public Optional<DictionaryPage> dictionary() {
    if (!useDictionary) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] value : distinct) {
      putPlain(out, value);
    }
    return Optional.of(new DictionaryPage(out.toByteArray(), distinct.size()));
  }

  @Override
  public byte[] page(int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (useDictionary) {
      int width = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(distinct.size() - 1));
      out.write(width);
      RunLengthCoder.encode(codes, from, to, width, out);
    } else {
      for (int row = from; row < to; row++) {
        putPlain(out, distinct.get(codes[row]));
      }
    }
    return out.toByteArray();
  }

  private static void putPlain(ByteArrayOutputStream out, byte[] value) {
    int length = value.length;
    out.write(length);
    out.write(length >>> 8);
    out.write(length >>> 16);
    out.write(length >>> 24);
    out.writeBytes(value);
  }

  @Override
  public Optional<Bounds> bounds() {
    return Optional.empty();
  }

  @Override
  public void clear() {
    numbers.clear();
    distinct.clear();
    rows = 0;
  }
}
