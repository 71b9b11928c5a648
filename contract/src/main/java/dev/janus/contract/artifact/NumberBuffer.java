package dev.janus.contract.artifact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** Numbers of fixed width, as they stand in a plain page, with their bounds. */
final class NumberBuffer implements ColumnBuffer {
  private final ColumnType type;
  private final int width;
  private final ByteBuffer values;
  private long minWhole;
  private long maxWhole;
  private double minReal;
  private double maxReal;
  private boolean notANumber;

  NumberBuffer(ColumnType type, int capacity) {
    this.type = type;
    this.width = type == ColumnType.INT32 || type == ColumnType.FLOAT ? 4 : 8;
    this.values = ByteBuffer.allocate(capacity * width).order(ByteOrder.LITTLE_ENDIAN);
    clear();
  }

  void add(int value) {
    values.putInt(value);
    widen(value);
  }

  void add(long value) {
    values.putLong(value);
    widen(value);
  }

  void add(float value) {
    values.putFloat(value);
    widen(value);
  }

  void add(double value) {
    values.putDouble(value);
    widen(value);
  }

  private void widen(long value) {
    minWhole = Math.min(minWhole, value);
    maxWhole = Math.max(maxWhole, value);
  }

  private void widen(double value) {
    minReal = Math.min(minReal, value);
    maxReal = Math.max(maxReal, value);
    notANumber |= Double.isNaN(value);
  }

  @Override
  public int rows() {
    return values.position() / width;
  }

  @Override
  public void seal() {}

  @Override
  public Optional<DictionaryPage> dictionary() {
    return Optional.empty();
  }

  @Override
  public byte[] page(int from, int to) {
    return Arrays.copyOfRange(values.array(), from * width, to * width);
  }

  @Override
  public Optional<Bounds> bounds() {
    return switch (type) {
      case INT32 -> Optional.of(new Bounds(little((int) minWhole), little((int) maxWhole)));
      case INT64 -> Optional.of(new Bounds(little(minWhole), little(maxWhole)));
      default -> notANumber ? Optional.empty() : Optional.of(realBounds());
    };
  }

  /** Zeros of either sign count as equal to readers, so the bounds must enclose both. */
  private Bounds realBounds() {
    double min = minReal == 0 ? -0.0 : minReal;
    double max = maxReal == 0 ? 0.0 : maxReal;
    return type == ColumnType.FLOAT
        ? new Bounds(
            little(Float.floatToRawIntBits((float) min)),
            little(Float.floatToRawIntBits((float) max)))
        : new Bounds(
            little(Double.doubleToRawLongBits(min)), little(Double.doubleToRawLongBits(max)));
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] little(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  @Override
  public void clear() {
    values.clear();
    minWhole = Long.MAX_VALUE;
    maxWhole = Long.MIN_VALUE;
    minReal = Double.POSITIVE_INFINITY;
    maxReal = Double.NEGATIVE_INFINITY;
    notANumber = false;
  }
}
