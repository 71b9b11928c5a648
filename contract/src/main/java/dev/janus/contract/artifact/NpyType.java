package dev.janus.contract.artifact;

import java.util.Locale;

/** Element types of {@code .npy} arrays that are read and written. */
enum NpyType {
  FLOAT32("f4", 4),
  FLOAT64("f8", 8),
  INT32("i4", 4),
  INT64("i8", 8),
  BOOL("b1", 1),
  /** Fixed-width text; its code counts characters and each takes four bytes. */
  UNICODE("U", 4);

  private final String code;
  private final int unitBytes;

  NpyType(String code, int unitBytes) {
    this.code = code;
    this.unitBytes = unitBytes;
  }

  /** NumPy's type code without byte order and length. */
  String code() {
    return code;
  }

  /** Bytes of an element; of one character for {@link #UNICODE}. */
  int unitBytes() {
    return unitBytes;
  }

  /** The name users know from NumPy. */
  String label() {
    return switch (this) {
      case BOOL -> "bool";
      case UNICODE -> "text";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }
}
