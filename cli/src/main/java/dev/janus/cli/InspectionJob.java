package dev.janus.cli;

import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.inspect.FlowTally;
import dev.janus.cli.inspect.InspectedCapture;
import dev.janus.cli.inspect.Inspection;
import dev.janus.cli.inspect.InspectionJson;
import dev.janus.cli.inspect.InspectionPage;
import dev.janus.cli.inspect.InspectionText;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.capture.CaptureReader;
import dev.janus.contract.capture.DuplicatePolicy;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.FlowTable;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.contract.packet.PacketHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads captures once and reports what they hold. Memory depends on the flows open at once.
 *
 * @param sources captures and folders of captures
 * @param html where a page goes, if anywhere
 * @param options how captures are read; duplicates are counted at least
 * @param table limits of the flow table
 * @param boundary what the end of a file means
 */
record InspectionJob(
    List<Path> sources,
    Optional<Path> html,
    CaptureOptions options,
    FlowTableConfig table,
    CaptureBoundary boundary) {
  private static final int PACKETS_BETWEEN_UPDATES = 1 << 15;
  private static final double MIB = 1 << 20;

  InspectionJob {
    sources = List.copyOf(sources);
    if (options.duplicates() == DuplicatePolicy.KEEP) {
      options = options.with(DuplicatePolicy.COUNT);
    }
  }

  /**
   * Does the work and prints the result; after Ctrl-C, what was read up to then.
   *
   * @param columns width of the terminal
   */
  ExitCode run(CommandContext context, int columns) {
    List<Path> captures = CaptureInputs.find(sources, context.terminal());
    try (Page page = Page.prepare(html)) {
      Inspection inspection = inspect(context, captures);
      if (context.json()) {
        context.print(Json.pretty(InspectionJson.of(inspection)).stripTrailing());
      } else {
        InspectionText.lines(inspection, columns).forEach(context::print);
      }
      page.write(() -> InspectionPage.of(inspection, context.build().toString()));
      if (inspection.stopped()) {
        context.terminal().warn("janus: interrupted; the figures are those of a part");
        return ExitCode.INTERRUPTED;
      }
      return ExitCode.OK;
    }
  }

  private Inspection inspect(CommandContext context, List<Path> captures) {
    FlowTally flows = new FlowTally();
    FlowTable flowTable = new FlowTable(table, 0, flows);
    List<InspectedCapture> inspected = new ArrayList<>();
    long start = System.nanoTime();
    boolean stopped = false;
    PacketHeader packet = new PacketHeader();
    try (Progress progress = context.terminal().progress()) {
      for (int i = 0; i < captures.size() && !stopped; i++) {
        Path file = captures.get(i);
        flowTable.beginCapture(i);
        long flowsBefore = flowTable.flows();
        try (CaptureReader reader = CaptureReader.open(file, options)) {
          boolean more = true;
          while (more && !stopped) {
            more = readSome(reader, packet, flowTable, flows);
            progress.update(() -> line(file, reader, flowTable, start));
            stopped = context.interruption().requested();
          }
          inspected.add(
              new InspectedCapture(
                  file, reader.format(), reader.statistics(), flowTable.flows() - flowsBefore));
        }
        if (boundary == CaptureBoundary.ENDS_FLOWS) {
          flowTable.finish();
        }
      }
      flowTable.finish();
    }
    return new Inspection(inspected, options, flows, flowTable.evicted(), stopped);
  }

  private static boolean readSome(
      CaptureReader reader, PacketHeader packet, FlowTable table, FlowTally tally) {
    for (int i = 0; i < PACKETS_BETWEEN_UPDATES; i++) {
      switch (reader.next(packet, PACKETS_BETWEEN_UPDATES)) {
        case PACKET -> {
          tally.packet(packet);
          table.add(packet);
        }
        case NONE_YET -> {
          return true;
        }
        case END -> {
          return false;
        }
      }
    }
    return true;
  }

  private static String line(Path file, CaptureReader reader, FlowTable table, long startNanos) {
    double seconds = (System.nanoTime() - startNanos) * 1e-9;
    return String.format(
        Locale.ROOT,
        "%s: %.0f MiB, in all %s packets kept (%s/s), %s flows",
        file.getFileName(),
        reader.bytesRead() / MIB,
        TextTable.count(table.packets()),
        TextTable.count(Math.round(table.packets() / seconds)),
        TextTable.count(table.flows()));
  }

  /** The page that was asked for; its place is tried before the work starts. */
  private record Page(Optional<OutputFolder> folder, String name) implements AutoCloseable {
    static Page prepare(Optional<Path> file) {
      return file.map(Path::toAbsolutePath)
          .map(path ->
              new Page(
                  Optional.of(
                      OutputFolder.prepare(
                          Optional.ofNullable(path.getParent()).orElse(path),
                          List.of(),
                          OutputFolder.Existing.REPLACE)),
                  String.valueOf(path.getFileName())))
          .orElse(new Page(Optional.empty(), ""));
    }

    void write(Supplier<String> content) {
      folder.ifPresent(out -> {
        out.writeText(name, content.get());
        out.complete();
      });
    }

    @Override
    public void close() {
      folder.ifPresent(OutputFolder::close);
    }
  }
}
