package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Progress;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.ExtractionReport;
import dev.janus.contract.flow.FlowExtractor;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.score.FlowScorer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * From captures to one line of scores per flow.
 *
 * @param model model file or folder
 * @param sources captures and folders of captures
 * @param format how the lines look
 * @param threads threads that score
 */
record ScoringJob(Path model, List<Path> sources, Format format, int threads) {
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
    List<Path> captures = CaptureInputs.find(sources, context.terminal());
    long start = System.nanoTime();
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      FlowScorer scorer = new FlowScorer(source.model(), KernelSelection.best(), team);
      ScoredFlowLines lines = new ScoredFlowLines(scorer, format, out);
      ExtractionReport report = score(context, captures, lines, start);
      say(context, report);
      if (report.stopped()) {
        throw new CliException(
            ExitCode.INTERRUPTED,
            "interrupted after %,d flows; those printed are complete".formatted(lines.count()));
      }
      context
          .terminal()
          .say(
              "scored %,d flows at %,.0f flows/s"
                  .formatted(lines.count(), lines.count() / seconds(start)));
      return lines.count();
    }
  }

  private static ExtractionReport score(
      CommandContext context, List<Path> captures, ScoredFlowLines lines, long start) {
    try (Progress progress = context.terminal().progress()) {
      ExtractionReport report =
          new FlowExtractor(FlowTableConfig.defaults(), CaptureBoundary.ENDS_FLOWS, 0, lines)
              .run(
                  captures,
                  (read, total, packets, flows) ->
                      progress.update(() ->
                          "scoring: %,d packets, %,d flows, %,.0f flows/s"
                              .formatted(packets, flows, lines.count() / seconds(start))),
                  context.interruption()::requested);
      lines.flush();
      return report;
    }
  }

  private static void say(CommandContext context, ExtractionReport report) {
    for (ExtractionReport.CaptureReport capture : report.captures()) {
      for (String line : capture.statistics().describe()) {
        context.terminal().say(capture.file() + ": " + line);
      }
    }
  }

  private static double seconds(long start) {
    return Math.max(1e-9, (System.nanoTime() - start) * 1e-9);
  }
}
