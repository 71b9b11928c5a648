package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.artifact.ArtifactWriter;
import dev.janus.contract.artifact.CaptureNames;
import dev.janus.contract.artifact.FlowSequence;
import dev.janus.contract.artifact.FlowSpill;
import dev.janus.contract.artifact.SpilledFlows;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.ExtractionReport;
import dev.janus.contract.flow.FlowExtractor;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.contract.label.FlowLabeler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From captures to the files of a data set.
 *
 * @param sources captures and folders of captures
 * @param labels where labels come from, if from anywhere
 * @param out folder of the result
 * @param table limits of the flow table
 * @param boundary what the end of a file means
 * @param existing what to do with an earlier result
 */
record ExtractionJob(
    List<Path> sources,
    Optional<LabelSource> labels,
    Path out,
    FlowTableConfig table,
    CaptureBoundary boundary,
    OutputFolder.Existing existing) {
  static final String REPORT_FILE = ArtifactWriter.SUMMARY_FILE;
  private static final List<String> RESULTS =
      List.of("packets.npz", "flows.parquet", "flow_features.parquet", REPORT_FILE);
  private static final double MIB = 1 << 20;

  ExtractionJob {
    sources = List.copyOf(sources);
  }

  /** Does the work; the result's files appear together at the end. */
  ExtractionSummary run(CommandContext context) {
    List<Path> captures = CaptureInputs.find(sources, context.terminal());
    List<String> names = CaptureNames.of(captures);
    try (OutputFolder folder = OutputFolder.prepare(out, RESULTS, existing)) {
      Path spill = folder.resolve(".flows.spill");
      try {
        return run(context, captures, names, folder, spill);
      } finally {
        for (Path file : FlowSpill.files(spill)) {
          delete(file);
        }
      }
    }
  }

  private ExtractionSummary run(
      CommandContext context,
      List<Path> captures,
      List<String> names,
      OutputFolder folder,
      Path spill) {
    Optional<LabelSource.Rows> rows = labels.map(source -> source.read(captures, names));
    ExtractionReport report = extract(context, captures, spill);
    try (SpilledFlows flows = SpilledFlows.open(List.of(spill))) {
      LabelTally labeler = LabelTally.of(rows, names);
      write(context, folder, flows, names, labeler);
      ExtractionSummary summary =
          new ExtractionSummary(
              report,
              labeler.counts(),
              labeler.origin(),
              labeler.report(),
              labeler.advice(flows),
              folder.path(),
              context.build());
      folder.writeText(REPORT_FILE, Json.pretty(summary.json()));
      folder.complete();
      return summary;
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, file + ": cannot be removed (" + InputFiles.reason(e) + ")", e);
    }
  }

  private static void write(
      CommandContext context,
      OutputFolder folder,
      FlowSequence flows,
      List<String> names,
      FlowLabeler labeler) {
    try (Progress progress = context.terminal().progress()) {
      ArtifactWriter.write(
          folder.path(),
          flows,
          names,
          labeler,
          written -> {
            context.interruption().check();
            progress.update(() -> "writing flows: %,d of %,d".formatted(written, flows.size()));
          });
    }
  }

  private ExtractionReport extract(CommandContext context, List<Path> captures, Path spill) {
    long start = System.nanoTime();
    ExtractionReport report;
    try (Progress progress = context.terminal().progress();
        FlowSpill flows = FlowSpill.create(spill)) {
      report =
          new FlowExtractor(table, boundary, 0, flows)
              .run(
                  captures,
                  (read, total, packets, flowCount) ->
                      progress.update(() -> {
                        double seconds = (System.nanoTime() - start) * 1e-9;
                        return String.format(
                            Locale.ROOT,
                            "reading captures: %.0f of %.0f MiB, %s packets (%s/s), %s flows",
                            read / MIB,
                            total / MIB,
                            TextTable.count(packets),
                            TextTable.count(Math.round(packets / seconds)),
                            TextTable.count(flowCount));
                      }),
                  context.interruption()::requested);
      flows.complete();
    }
    if (report.stopped()) {
      throw new CliException(ExitCode.INTERRUPTED, "interrupted; nothing was written");
    }
    if (report.flows() == 0) {
      throw new CliException(
          ExitCode.DATA,
          captures.getFirst()
              + ": no TCP, UDP or ICMP flow in "
              + (captures.size() == 1 ? "this capture" : "these " + captures.size() + " captures"));
    }
    return report;
  }
}
