package dev.janus.cli;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.cli.report.ScoredDataset;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Stopwatch;
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
    Stopwatch watch = Stopwatch.started();
    FlowVerdicts verdicts = score(dataset, IntStream.range(0, dataset.size()).toArray());
    return new ScoredDataset(dataset.metadata(), split, verdicts, dataset.size() / watch.seconds());
  }

  /** Scores the given flows, in that order. */
  FlowVerdicts score(FlowDataset dataset, int[] rows) {
    FlowVerdicts verdicts = FlowVerdicts.ofSize(rows.length);
    eachPiece(
        dataset, rows, "scoring", (from, piece) -> scorer.score(piece).copyTo(verdicts, from));
    return verdicts;
  }

  /** Distances of the hidden states of all flows, in one pass of the network. */
  double[] hidden(FlowDataset dataset) {
    double[] distances = new double[dataset.size()];
    eachPiece(
        dataset,
        IntStream.range(0, distances.length).toArray(),
        "hidden states",
        (from, piece) ->
            System.arraycopy(scorer.hidden(piece).distances(), 0, distances, from, piece.flows()));
    return distances;
  }

  /** Takes flows, the first of which is the given one of all. */
  private interface PieceSink {
    void accept(int from, FlowBatch piece);
  }

  private void eachPiece(FlowDataset dataset, int[] rows, String work, PieceSink sink) {
    int n = rows.length;
    FlowBatch batch = new FlowBatch();
    Stopwatch watch = Stopwatch.started();
    try (Progress progress = context.terminal().progress()) {
      for (int from = 0; from < n; from += FLOWS_PER_PIECE) {
        context.interruption().check();
        int to = Math.min(n, from + FLOWS_PER_PIECE);
        batch.clear();
        dataset.flows().copy(rows, from, to, batch);
        sink.accept(from, batch);
        progress.update(() ->
            "%s: %,d of %,d flows, %,.0f flows/s".formatted(work, to, n, to / watch.seconds()));
      }
    }
  }
}
