package dev.janus.contract.artifact;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** Truth values, eight to a byte, first one in the lowest bit. */
final class BitBuffer implements ColumnBuffer {
  private final BitSet bits = new BitSet();
  private int rows;

  void add(boolean value) {
    bits.set(rows++, value);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void seal() {}

  @Override
  public Optional<DictionaryPage> dictionary() {
    return Optional.empty();
  }

  @Override
  public byte[] page(int from, int to) {
    return Arrays.copyOf(bits.get(from, to).toByteArray(), (to - from + 7) / 8);
  }

  @Override
  public Optional<Bounds> bounds() {
    return Optional.empty();
  }

  @Override
  public void clear() {
    bits.clear();
    rows = 0;
  }
}
