package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads whole arrays of NumPy {@code .npz} files (little-endian, C order) into memory. */
public final class NpzReader {
  private static final Pattern HEADER =
      Pattern.compile("'descr': '([^']+)', 'fortran_order': (True|False), 'shape': \\(([^)]*)\\)");

  private NpzReader() {}

  /**
   * Reads every array of the file, keyed by name without {@code .npy}, in file order.
   *
   * @throws ContractException when the file is not a readable npz; names file and entry
   */
  public static Map<String, NpyArray> readAll(Path file) {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        String name = entry.getName().replaceFirst("\\.npy$", "");
        arrays.put(name, parse(bytes, file + ":" + entry.getName()));
      }
    } catch (IOException e) {
      throw new ContractException(file + ": not a readable .npz file: " + e.getMessage(), e);
    }
    return arrays;
  }

  private static NpyArray parse(byte[] bytes, String place) {
    if (bytes.length < 12 || bytes[0] != (byte) 0x93 || bytes[1] != 'N') {
      throw new ContractException(place + ": not a .npy array");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean wide = bytes[6] >= 2;
    int headerStart = wide ? 12 : 10;
    int headerLength = wide ? in.getInt(8) : in.getShort(8) & 0xffff;
    if (headerLength < 0 || headerStart + headerLength > bytes.length) {
      throw new ContractException(place + ": header length " + headerLength + " past the end");
    }
    String header = new String(bytes, headerStart, headerLength, StandardCharsets.ISO_8859_1);
    Matcher m = HEADER.matcher(header);
    if (!m.find() || m.group(2).equals("True")) {
      throw new ContractException(place + ": unsupported header " + header.strip());
    }
    int[] shape = shape(m.group(3));
    int count = 1;
    for (int size : shape) {
      count = Math.multiplyExact(count, size);
    }
    in.position(headerStart + headerLength);
    return new NpyArray(shape, values(in, m.group(1), count, place));
  }

  private static int[] shape(String text) {
    return Pattern.compile(",")
        .splitAsStream(text)
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static Object values(ByteBuffer in, String descr, int count, String place) {
    String type = descr.substring(1);
    int width =
        type.charAt(0) == 'U' ? 4 * Integer.parseInt(type.substring(1)) : type.charAt(1) - '0';
    if (in.remaining() < (long) count * width) {
      throw new ContractException(place + ": shorter than its shape says");
    }
    switch (type) {
      case "f4" -> {
        float[] v = new float[count];
        in.asFloatBuffer().get(v);
        return v;
      }
      case "f8" -> {
        double[] v = new double[count];
        in.asDoubleBuffer().get(v);
        return v;
      }
      case "i4" -> {
        int[] v = new int[count];
        in.asIntBuffer().get(v);
        return v;
      }
      case "i8" -> {
        long[] v = new long[count];
        in.asLongBuffer().get(v);
        return v;
      }
      case "b1" -> {
        boolean[] v = new boolean[count];
        for (int i = 0; i < count; i++) {
          v[i] = in.get() != 0;
        }
        return v;
      }
      default -> {
        if (type.charAt(0) != 'U') {
          throw new ContractException(place + ": unsupported element type " + descr);
        }
        return strings(in, count, width);
      }
    }
  }

  private static String[] strings(ByteBuffer in, int count, int width) {
    String[] v = new String[count];
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < width; at += 4) {
        int codePoint = in.getInt();
        if (codePoint != 0) {
          text.appendCodePoint(codePoint);
        }
      }
      v[i] = text.toString();
    }
    return v;
  }
}
