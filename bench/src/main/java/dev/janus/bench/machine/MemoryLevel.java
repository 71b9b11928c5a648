package dev.janus.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The levels of memory of one core, nearest first. */
enum MemoryLevel {
  L1(1, 32 << 10),
  L2(2, 512 << 10),
  L3(3, 16 << 20),
  DRAM(4, 256 << 20);

  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
  private static final long LARGEST_ARRAYS = 256 << 20;

  private final int number;
  private final long usualBytes;

  MemoryLevel(int number, long usualBytes) {
    this.number = number;
    this.usualBytes = usualBytes;
  }

  /** Bytes to measure this level with: half of a cache, or several times the last one. */
  long testBytes() {
    return this == DRAM
        ? Math.clamp(4 * L3.capacity(), usualBytes / 2, LARGEST_ARRAYS)
        : capacity() / 2;
  }

  /** The nearest level that holds {@code bytes}. */
  static MemoryLevel holding(double bytes) {
    for (MemoryLevel level : values()) {
      if (level == DRAM || bytes <= level.capacity()) {
        return level;
      }
    }
    throw new AssertionError("unreachable");
  }

  /** Size of the cache as Linux tells it, elsewhere a usual one. */
  private long capacity() {
    for (int index = 0; index < 8; index++) {
      Path cache = CACHES.resolve("index" + index);
      try {
        boolean mine = Files.readString(cache.resolve("level")).strip().equals("" + number);
        String size = Files.readString(cache.resolve("size")).strip();
        if (mine
            && !Files.readString(cache.resolve("type")).startsWith("Instruction")
            && size.endsWith("K")) {
          return Long.parseLong(size.substring(0, size.length() - 1)) << 10;
        }
      } catch (IOException e) {
        return usualBytes;
      }
    }
    return usualBytes;
  }
}
