package dev.janus.bench.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the numbers come from.
 *
 * @param cpu model as the system names it
 * @param cores processors the JVM may use
 * @param system operating system and architecture
 * @param jvm name and version of the JVM
 */
public record Machine(String cpu, int cores, String system, String jvm) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** This machine. */
  public static Machine current() {
    return new Machine(
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
  }

  private static String cpuModel() {
    if (!Files.isReadable(CPU_INFO)) {
      return "unknown";
    }
    try {
      return model(Files.readAllLines(CPU_INFO, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "unknown";
    }
  }

  /**
   * The model name, or family and model numbers where a virtual machine hides the name, or the
   * implementer and part of an ARM core.
   */
  static String model(List<String> cpuInfo) {
    String name = value(cpuInfo, "model name");
    if (!name.isEmpty() && !name.equals("unknown")) {
      return name;
    }
    String part = value(cpuInfo, "CPU part");
    if (!part.isEmpty()) {
      return "ARM implementer " + value(cpuInfo, "CPU implementer") + " part " + part;
    }
    String family = value(cpuInfo, "cpu family");
    return family.isEmpty()
        ? "unknown"
        : value(cpuInfo, "vendor_id") + " family " + family + " model " + value(cpuInfo, "model");
  }

  private static String value(List<String> cpuInfo, String key) {
    for (String line : cpuInfo) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(key)) {
        return line.substring(colon + 1).strip();
      }
    }
    return "";
  }

  @Override
  public String toString() {
    return cpu + ", " + cores + " cores, " + system + ", " + jvm;
  }
}
