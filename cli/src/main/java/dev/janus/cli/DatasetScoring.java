package dev.janus.cli;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.cli.report.ScoredDataset;
import dev.janus.cli.terminal.Progress;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.score.FlowScorer;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.JanusModel;
import java.util.stream.IntStream;

/** Scores every flow of a data set, piece by piece, so that progress shows and Ctrl-C works. */
final class DatasetScoring {
  private static final int FLOWS_PER_PIECE = 1024;

  private final CommandContext context;
  private final FlowScorer scorer;

  DatasetScoring(CommandContext context, JanusModel model, ThreadTeam team) {
    this.context = context;
    this.scorer = new FlowScorer(model, team);
  }

  ScoredDataset score(FlowDataset dataset, FlowSplit split) {
    long start = System.nanoTime();
    FlowVerdicts verdicts = score(dataset, IntStream.range(0, dataset.size()).toArray());
    return new ScoredDataset(dataset.metadata(), split, verdicts, dataset.size() / seconds(start));
  }

  /** Scores the given flows, in that order. */
  FlowVerdicts score(FlowDataset dataset, int[] rows) {
    int n = rows.length;
    FlowVerdicts verdicts = FlowVerdicts.ofSize(n);
    FlowBatch batch = new FlowBatch();
    long start = System.nanoTime();
    try (Progress progress = context.terminal().progress()) {
      for (int from = 0; from < n; from += FLOWS_PER_PIECE) {
        context.interruption().check();
        int to = Math.min(n, from + FLOWS_PER_PIECE);
        batch.clear();
        dataset.flows().copy(rows, from, to, batch);
        scorer.score(batch).copyTo(verdicts, from);
        progress.update(
            () -> "scoring: %,d of %,d flows, %,.0f flows/s".formatted(to, n, to / seconds(start)));
      }
    }
    return verdicts;
  }

  private static double seconds(long start) {
    return Math.max(1e-9, (System.nanoTime() - start) * 1e-9);
  }
}
