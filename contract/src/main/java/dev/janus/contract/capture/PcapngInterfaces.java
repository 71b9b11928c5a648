package dev.janus.contract.capture;

import java.util.Arrays;

/** The interfaces a pcapng section has described so far. */
final class PcapngInterfaces {
  /** Interface numbers have 16 bits in the old packet block; nobody has more. */
  private static final int MOST = 1 << 16;

  private static final int OPTION_END = 0;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;
  private static final int MICROSECONDS = 6;

  private int count;
  private int[] linkTypes = new int[4];
  private long[] snapLengths = new long[4];
  private TimestampResolution[] resolutions = new TimestampResolution[4];

  void clear() {
    count = 0;
  }

  boolean has(long number) {
    return number < count;
  }

  int linkType(int number) {
    return linkTypes[number];
  }

  /** 0 means no limit. */
  long snapLength(int number) {
    return snapLengths[number];
  }

  TimestampResolution resolution(int number) {
    return resolutions[number];
  }

  /** Adds the interface description block at the position of {@code in}, {@code length} bytes. */
  void add(InputBuffer in, int length) {
    if (count == MOST) {
      return;
    }
    if (count == linkTypes.length) {
      linkTypes = Arrays.copyOf(linkTypes, count * 2);
      snapLengths = Arrays.copyOf(snapLengths, count * 2);
      resolutions = Arrays.copyOf(resolutions, count * 2);
    }
    linkTypes[count] = in.unsignedShort(8);
    snapLengths[count] = in.unsignedInt(12);
    resolutions[count] = resolution(in, length - 4);
    count++;
  }

  private static TimestampResolution resolution(InputBuffer in, int end) {
    int code = MICROSECONDS;
    long offsetSeconds = 0;
    int at = 16;
    while (end - at >= 4) {
      int option = in.unsignedShort(at);
      int length = in.unsignedShort(at + 2);
      if (option == OPTION_END || end - at - 4 < length) {
        break;
      }
      if (option == OPTION_RESOLUTION && length >= 1) {
        code = in.unsignedByte(at + 4);
      } else if (option == OPTION_OFFSET && length >= 8) {
        offsetSeconds = in.int64(at + 4);
      }
      at += 4 + (length + 3 & ~3);
    }
    return TimestampResolution.of(code, offsetSeconds);
  }
}
