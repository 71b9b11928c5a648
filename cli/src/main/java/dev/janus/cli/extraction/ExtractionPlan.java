package dev.janus.cli.extraction;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.contract.packet.PacketSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that the flows of an extraction depend on.
 *
 * @param captures in reading order
 * @param options how packets are read
 * @param table how they are cut into flows
 * @param boundary what the end of a file means
 */
public record ExtractionPlan(
    List<Path> captures, CaptureOptions options, FlowTableConfig table, CaptureBoundary boundary) {
  public ExtractionPlan {
    captures = List.copyOf(captures);
  }

  /**
   * Captures that one flow table reads. Files whose flows go on in the next belong together; all
   * others can be read side by side.
   *
   * @param number position among the parts
   * @param firstCapture position of its first capture among all
   */
  record Part(int number, int firstCapture, List<Path> captures) {}

  List<Part> parts() {
    if (boundary == CaptureBoundary.KEEPS_FLOWS) {
      return List.of(new Part(0, 0, captures));
    }
    List<Part> parts = new ArrayList<>();
    for (Path capture : captures) {
      parts.add(new Part(parts.size(), parts.size(), List.of(capture)));
    }
    return parts;
  }

  /** Number of parts. */
  public int partCount() {
    return boundary == CaptureBoundary.KEEPS_FLOWS ? 1 : captures.size();
  }

  /** Number of parts that are read at a time when {@code jobs} may be. */
  public int together(int jobs) {
    return Math.max(1, Math.min(jobs, partCount()));
  }

  /**
   * The same with as many open flows in each part as fit into this memory, divided among the parts
   * that are read at a time.
   *
   * @throws IllegalArgumentException when that is too little; tells how little
   */
  public ExtractionPlan within(long memoryBytes, int jobs) {
    return new ExtractionPlan(
        captures, options, table.withMemoryBytes(memoryBytes / together(jobs)), boundary);
  }

  /** How packets are read and flows are cut, for {@code extract.json}. */
  public Map<String, Object> rules() {
    Map<String, Object> rules = new LinkedHashMap<>();
    rules.put("tunnels", name(options.tunnels()));
    rules.put("fragments", name(options.fragments()));
    rules.put("duplicates", name(options.duplicates()));
    rules.put("reorder_window", options.reorderWindow());
    rules.put("idle_timeout_us", table.idleTimeoutMicros());
    if (table.activeTimeoutMicros() != FlowTableConfig.NO_ACTIVE_TIMEOUT) {
      rules.put("active_timeout_us", table.activeTimeoutMicros());
    }
    rules.put("max_open_flows", table.maxOpenFlows());
    rules.put("max_packets", table.maxPackets());
    rules.put("initiator", name(table.initiator()));
    rules.put("capture_boundary", name(boundary));
    return rules;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether an {@code extract.json} is of these captures and rules.
   *
   * @throws dev.janus.cli.terminal.CliException when it cannot be read
   */
  public boolean isOf(Path report) {
    Saved saved = Saved.read(report);
    return saved.has("rules")
        && String.valueOf(saved.members().get("rules")).equals(rules().toString())
        && saved.objects("captures").stream()
            .map(capture -> capture.text("file"))
            .toList()
            .equals(captures.stream().map(Path::toString).toList());
  }

  /** As JSON, with size and time of each file, to tell whether a plan is still the same. */
  Map<String, Object> json(String version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", version);
    json.put("schema_version", PacketSchema.VERSION);
    json.put("rules", rules());
    List<String> files = new ArrayList<>();
    for (Path capture : captures) {
      try {
        files.add(
            "%s, %d bytes, %s"
                .formatted(
                    capture.toAbsolutePath().normalize(),
                    Files.size(capture),
                    Files.getLastModifiedTime(capture)));
      } catch (IOException e) {
        throw new CliException(
            ExitCode.NO_INPUT, capture + ": cannot be read (" + InputFiles.reason(e) + ")", e);
      }
    }
    json.put("captures", files);
    return json;
  }
}
