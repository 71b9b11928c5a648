package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Quantity;
import dev.janus.cli.terminal.Stopwatch;
import dev.janus.contract.capture.CaptureIssue;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.ExtractionReport;
import dev.janus.contract.flow.FlowExtractor;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.score.FlowScorer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * From captures to one line of scores per flow.
 *
 * @param model model file or folder
 * @param sources captures and folders of captures
 * @param options how packets are read
 * @param table limits of the flow table
 * @param boundary what the end of a file means
 * @param scores what is computed of each flow
 * @param format how the lines look
 * @param threads threads that score
 */
record ScoringJob(
    Path model,
    List<Path> sources,
    CaptureOptions options,
    FlowTableConfig table,
    CaptureBoundary boundary,
    Scores scores,
    Format format,
    int threads) {
  /** What is computed of each flow. */
  enum Scores {
    /** The ten scores, the measures of the fused verdict, and every verdict. */
    ALL,
    /** The distance of the hidden state alone, in one pass of the network. */
    HIDDEN
  }

  /** How the lines look. */
  enum Format {
    CSV,
    JSONL
  }

  ScoringJob {
    sources = List.copyOf(sources);
  }

  /**
   * Does the work.
   *
   * @param out takes the lines
   * @return flows scored
   */
  long run(CommandContext context, Consumer<String> out) {
    ModelSource source = ModelSource.load(model);
    List<Path> captures = CaptureInputs.find(sources, context.terminal()).captures();
    Stopwatch watch = Stopwatch.started();
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      FlowScorer scorer = new FlowScorer(source.model(), team);
      ScoredFlowLines lines =
          new ScoredFlowLines(scorer, scores, format, out, context.interruption()::requested);
      ExtractionReport report = score(context, captures, lines, watch);
      report(context, report);
      if (report.stopped()) {
        throw new CliException(
            ExitCode.INTERRUPTED,
            "interrupted after %s; those printed are complete"
                .formatted(Quantity.of(lines.count(), "flow")));
      }
      context
          .terminal()
          .say(
              "scored %s at %,.0f flows/s"
                  .formatted(Quantity.of(lines.count(), "flow"), lines.count() / watch.seconds()));
      return lines.count();
    }
  }

  private ExtractionReport score(
      CommandContext context, List<Path> captures, ScoredFlowLines lines, Stopwatch watch) {
    try (Progress progress = context.terminal().progress()) {
      ExtractionReport report =
          new FlowExtractor(table, options, boundary, 0, lines)
              .run(
                  captures,
                  (read, total, packets, flows) ->
                      progress.update(() ->
                          "scoring: %,d packets, %,d flows, %,.0f flows/s"
                              .formatted(packets, flows, lines.count() / watch.seconds())),
                  context.interruption()::requested);
      lines.flush();
      return report;
    }
  }

  /** Counts are for who wants them; that something is missing in the scores everybody is told. */
  private static void report(CommandContext context, ExtractionReport report) {
    for (ExtractionReport.CaptureReport capture : report.captures()) {
      boolean damaged =
          Arrays.stream(CaptureIssue.values())
              .anyMatch(issue -> capture.statistics().count(issue) > 0);
      for (String line : capture.statistics().describe()) {
        if (damaged) {
          context.terminal().warn("janus: warning: " + capture.file() + ": " + line);
        } else {
          context.terminal().say(capture.file() + ": " + line);
        }
      }
    }
    if (report.evicted() > 0) {
      context
          .terminal()
          .warn(
              "janus: warning: %s ended early because the flow table was full; see --max-flows"
                  .formatted(Quantity.of(report.evicted(), "flow")));
    }
  }
}
