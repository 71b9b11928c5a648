package dev.janus.model;

import dev.janus.contract.json.Json;
import dev.janus.contract.json.JsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON header of a safetensors file.
 *
 * @param entries arrays in the order of their data, which they cover without gap or overlap
 * @param metadata text entries
 */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";
  static final int MAX_LENGTH = 16 << 20;
  static final int ALIGNMENT = 8;
  private static final int MAX_DIMENSIONS = 8;
  private static final int SHOWN = 40;
  private static final int MAX_COUNT = 1 << 30;
  private static final long LARGEST_OFFSET = 1L << 40;

  /** Element types that are used. */
  enum Type {
    F64(8),
    I64(8),
    F32(4);

    final int width;

    Type(int width) {
      this.width = width;
    }
  }

  /**
   * One array; in the order of their bytes.
   *
   * @param begin first byte within the data section
   * @param count number of elements
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(String name, Type type, int[] shape, long begin, int count)
      implements Comparable<Entry> {
    long end() {
      return begin + (long) count * type.width;
    }

    @Override
    public int compareTo(Entry other) {
      int order = Long.compare(begin, other.begin);
      return order != 0 ? order : Long.compare(end(), other.end());
    }
  }

  /**
   * Parses and checks a header.
   *
   * @param header JSON, possibly padded with spaces
   * @param dataLength bytes behind the header
   * @throws ModelException naming what is wrong, without the file's name
   */
  static SafeTensorsHeader parse(byte[] header, long dataLength) {
    try {
      return parsed(header, dataLength);
    } catch (JsonException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  private static SafeTensorsHeader parsed(byte[] header, long dataLength) {
    if (!(Json.parse(decoded(header)) instanceof Json.JsonObject object)) {
      throw new ModelException("the header is not a JSON object");
    }
    List<Entry> entries = new ArrayList<>();
    Map<String, String> metadata = Map.of();
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      if (member.getKey().equals(METADATA)) {
        metadata = metadata(member.getValue());
      } else {
        entries.add(entry(member.getKey(), member.getValue()));
      }
    }
    Collections.sort(entries);
    long end = 0;
    for (Entry entry : entries) {
      if (entry.begin() != end) {
        throw new ModelException(
            "tensor " + shown(entry.name()) + " begins at " + entry.begin() + " instead of " + end);
      }
      end = entry.end();
    }
    if (end != dataLength) {
      throw new ModelException("the header describes " + end + " bytes of " + dataLength);
    }
    return new SafeTensorsHeader(List.copyOf(entries), metadata);
  }

  private static String shown(String name) {
    return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "...";
  }

  private static String decoded(byte[] header) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
    } catch (CharacterCodingException e) {
      throw new ModelException("the header is not UTF-8", e);
    }
  }

  private static Map<String, String> metadata(Json value) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (value instanceof Json.JsonObject object) {
      for (Map.Entry<String, Json> member : object.members().entrySet()) {
        if (!(member.getValue() instanceof Json.JsonString text)) {
          throw new ModelException("metadata entry " + shown(member.getKey()) + " is not a string");
        }
        metadata.put(member.getKey(), text.value());
      }
      return metadata;
    }
    throw new ModelException("the metadata is not an object");
  }

  private static Entry entry(String name, Json value) {
    if (!(value instanceof Json.JsonObject object)
        || !object.members().keySet().equals(Set.of("dtype", "shape", "data_offsets"))
        || !(object.members().get("dtype") instanceof Json.JsonString dtype)) {
      throw new ModelException("tensor " + shown(name) + " needs dtype, shape and data_offsets");
    }
    Type type = type(name, dtype.value());
    long[] sizes = numbers(name, object.members().get("shape"), Integer.MAX_VALUE);
    long[] offsets = numbers(name, object.members().get("data_offsets"), LARGEST_OFFSET);
    if (sizes.length > MAX_DIMENSIONS || offsets.length != 2) {
      throw new ModelException("tensor " + shown(name) + " has a bad shape or bad data_offsets");
    }
    int[] shape = new int[sizes.length];
    long count = 1;
    for (int k = 0; k < shape.length; k++) {
      // Both factors are below 2^31 and so is the product after each step: no overflow.
      count = Math.min(count * sizes[k], Integer.MAX_VALUE);
      shape[k] = (int) sizes[k];
    }
    if (count > MAX_COUNT || offsets[1] - offsets[0] != count * type.width) {
      throw new ModelException(
          "tensor "
              + shown(name)
              + ": data_offsets do not fit its shape and type, or it is too large");
    }
    return new Entry(name, type, shape, offsets[0], (int) count);
  }

  private static Type type(String name, String dtype) {
    for (Type type : Type.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new ModelException(
        "tensor " + shown(name) + " has the unsupported dtype " + shown(dtype));
  }

  /** An array of whole numbers from 0 to {@code largest}. */
  private static long[] numbers(String name, @Nullable Json value, long largest) {
    if (!(value instanceof Json.JsonArray array)) {
      throw new ModelException("tensor " + shown(name) + " needs lists of numbers");
    }
    long[] numbers = new long[array.items().size()];
    for (int k = 0; k < numbers.length; k++) {
      if (!(array.items().get(k) instanceof Json.JsonNumber number)) {
        throw new ModelException("tensor " + shown(name) + " needs lists of numbers");
      }
      numbers[k] = number.longValue();
      if (numbers[k] < 0 || numbers[k] > largest) {
        throw new ModelException("tensor " + shown(name) + ": " + numbers[k] + " is out of range");
      }
    }
    return numbers;
  }
}
