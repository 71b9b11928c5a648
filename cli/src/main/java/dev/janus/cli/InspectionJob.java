package dev.janus.cli;

import dev.janus.cli.extraction.ReadingProgress;
import dev.janus.cli.files.OutputFile;
import dev.janus.cli.inspect.FlowTally;
import dev.janus.cli.inspect.Inspection;
import dev.janus.cli.inspect.InspectionJson;
import dev.janus.cli.inspect.InspectionPage;
import dev.janus.cli.inspect.InspectionText;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Progress;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.capture.CaptureSelection;
import dev.janus.contract.capture.DuplicatePolicy;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.ExtractionReport;
import dev.janus.contract.flow.FlowExtractor;
import dev.janus.contract.flow.FlowTableConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
    CaptureSelection captures = CaptureInputs.find(sources, context.terminal());
    Optional<OutputFile> page = html.map(OutputFile::prepare);
    try {
      Inspection inspection = inspect(context, captures);
      if (context.json()) {
        context.print(Json.pretty(InspectionJson.of(inspection)).stripTrailing());
      } else {
        InspectionText.lines(inspection, columns).forEach(context::print);
      }
      page.ifPresent(file -> file.write(InspectionPage.of(inspection, context.build().toString())));
      if (inspection.report().stopped()) {
        context.terminal().warn("janus: interrupted; the figures are those of a part");
        return ExitCode.INTERRUPTED;
      }
      return ExitCode.OK;
    } finally {
      page.ifPresent(OutputFile::close);
    }
  }

  private Inspection inspect(CommandContext context, CaptureSelection captures) {
    FlowTally flows = new FlowTally();
    FlowExtractor extractor =
        new FlowExtractor(table, options, boundary, 0, flows).observedBy(flows::packet);
    long start = System.nanoTime();
    try (Progress progress = context.terminal().progress()) {
      ExtractionReport report =
          extractor.run(
              captures.captures(),
              (read, total, packetCount, flowCount) ->
                  progress.update(
                      () -> new ReadingProgress(read, total, packetCount, flowCount).line(start)),
              context.interruption()::requested);
      return new Inspection(report, captures.places(), options, flows);
    }
  }
}
