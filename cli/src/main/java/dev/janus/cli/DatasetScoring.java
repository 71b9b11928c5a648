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
    int n = dataset.size();
    FlowVerdicts verdicts = FlowVerdicts.ofSize(n);
    FlowBatch batch = new FlowBatch();
    long start = System.nanoTime();
    try (Progress progress = context.terminal().progress()) {
      for (int from = 0; from < n; from += FLOWS_PER_PIECE) {
        context.interruption().check();
        int first = from;
        int[] rows = IntStream.range(first, Math.min(n, first + FLOWS_PER_PIECE)).toArray();
        batch.clear();
        dataset.flows().copy(rows, 0, rows.length, batch);
        scorer.score(batch).copyTo(verdicts, first);
        progress.update(() ->
            "scoring: %,d of %,d flows, %,.0f flows/s"
                .formatted(first + rows.length, n, (first + rows.length) / seconds(start)));
      }
    }
    return new ScoredDataset(dataset.metadata(), split, verdicts, n / seconds(start));
  }

  private static double seconds(long start) {
    return Math.max(1e-9, (System.nanoTime() - start) * 1e-9);
  }
}
