package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of a {@code .npy} array: what its elements are and how many.
 *
 * @param type element type
 * @param characters characters per element of {@link NpyType#UNICODE}, 1 for every other type
 * @param order byte order of the elements
 * @param shape sizes of the dimensions; empty for a scalar
 */
@SuppressWarnings("ArrayRecordComponent")
record NpyHeader(NpyType type, int characters, ByteOrder order, int[] shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int MAX_TEXT = 1 << 16;
  private static final Pattern DESCR =
      Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
  private static final Pattern FORTRAN =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");
  private static final Pattern ELEMENT = Pattern.compile("([<>|=])(U|[a-zA-Z]\\d+)(\\d*)");

  /** A header that was read, and the bytes it took. */
  record Parsed(NpyHeader header, int bytes) {}

  static NpyHeader of(NpyType type, int... shape) {
    return new NpyHeader(type, 1, ByteOrder.LITTLE_ENDIAN, shape);
  }

  static NpyHeader ofText(int characters, int... shape) {
    return new NpyHeader(NpyType.UNICODE, characters, ByteOrder.LITTLE_ENDIAN, shape);
  }

  /** Number of elements. */
  long count() {
    return product(shape);
  }

  /** Bytes of one element. */
  int elementBytes() {
    return type.unitBytes() * characters;
  }

  /** Version 1.0 header, padded so that the elements start at a multiple of 64 bytes. */
  byte[] toBytes() {
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr(), shapeText());
    int unpadded = MAGIC.length + 4 + dictionary.length() + 1;
    int total = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer out = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - MAGIC.length - 4));
    out.put(dictionary.getBytes(StandardCharsets.US_ASCII));
    while (out.remaining() > 1) {
      out.put((byte) ' ');
    }
    return out.put((byte) '\n').array();
  }

  private String descr() {
    return switch (type) {
      case BOOL -> "|b1";
      case UNICODE -> "<U" + characters;
      default -> "<" + type.code();
    };
  }

  private String shapeText() {
    String sizes =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return shape.length == 1 ? "(" + sizes + ",)" : "(" + sizes + ")";
  }

  /**
   * Reads the header and leaves the stream at the first element.
   *
   * @param place file and entry, for messages
   * @throws ContractException when this is no array that can be read
   */
  static Parsed read(InputStream in, String place) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new ContractException(place + ": not a .npy array (it does not start as one)");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new ContractException(place + ": unsupported .npy version " + version);
    }
    int lengthBytes = version == 1 ? 2 : 4;
    byte[] length = in.readNBytes(lengthBytes);
    long textBytes = 0;
    for (int i = length.length - 1; i >= 0; i--) {
      textBytes = textBytes << 8 | length[i] & 0xff;
    }
    if (length.length < lengthBytes || textBytes > MAX_TEXT) {
      throw new ContractException(place + ": damaged .npy header (length " + textBytes + ")");
    }
    byte[] text = in.readNBytes((int) textBytes);
    if (text.length < textBytes) {
      throw new ContractException(place + ": ends inside the .npy header");
    }
    return new Parsed(
        parse(new String(text, StandardCharsets.UTF_8).strip(), place),
        MAGIC.length + 2 + lengthBytes + text.length);
  }

  private static NpyHeader parse(String text, String place) {
    Matcher descr = DESCR.matcher(text);
    Matcher fortran = FORTRAN.matcher(text);
    Matcher shapeText = SHAPE.matcher(text);
    if (!descr.find() || !fortran.find() || !shapeText.find()) {
      throw new ContractException(
          place + ": unsupported .npy header " + text.substring(0, Math.min(text.length(), 200)));
    }
    int[] shape = shape(shapeText.group(1), place);
    if (fortran.group(1).equals("True") && shape.length > 1) {
      throw new ContractException(
          place + ": stored column by column; save it with numpy.ascontiguousarray");
    }
    Matcher element = ELEMENT.matcher(descr.group(1));
    if (element.matches()) {
      ByteOrder order =
          element.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      for (NpyType type : NpyType.values()) {
        if (type.code().equals(element.group(2))) {
          return new NpyHeader(type, characters(type, element.group(3), place), order, shape);
        }
      }
    }
    throw new ContractException(
        place
            + ": unsupported element type "
            + descr.group(1)
            + " (float32, float64, int32, int64, bool and text are read)");
  }

  private static int characters(NpyType type, String digits, String place) {
    if (type != NpyType.UNICODE) {
      return 1;
    }
    // Seven digits keep the byte count of one element well inside an int.
    if (digits.isEmpty() || digits.length() > 7 || Integer.parseInt(digits) == 0) {
      throw new ContractException(place + ": unsupported text width " + digits);
    }
    return Integer.parseInt(digits);
  }

  private static int[] shape(String text, String place) {
    try {
      int[] shape =
          Pattern.compile(",")
              .splitAsStream(text)
              .map(String::strip)
              .filter(size -> !size.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      if (Arrays.stream(shape).anyMatch(size -> size < 0)) {
        throw new ContractException(place + ": negative size in the shape (" + text + ")");
      }
      product(shape);
      return shape;
    } catch (NumberFormatException | ArithmeticException e) {
      throw new ContractException(place + ": unusable shape (" + text + ")", e);
    }
  }

  private static long product(int[] shape) {
    long count = 1;
    for (int size : shape) {
      count = Math.multiplyExact(count, (long) size);
    }
    return count;
  }
}
