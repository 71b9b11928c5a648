package dev.janus.cli;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.cli.explain.ExplainedFlow;
import dev.janus.cli.explain.ExplanationJson;
import dev.janus.cli.explain.ExplanationText;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.explain.FlowExplainer;
import dev.janus.score.JanusModel;
import dev.janus.score.VerdictName;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * From a model and a data set to the explanations of some flows.
 *
 * @param model model file or folder
 * @param data folder of the data set
 * @param selection which flows
 * @param lines lines of evidence for each distance at most
 * @param threads threads that score
 */
record ExplanationJob(Path model, Path data, Selection selection, int lines, int threads) {
  /** Which flows are explained. */
  sealed interface Selection permits Named, Farthest {}

  /**
   * Chosen ones.
   *
   * @param flowIds in the order of the explanations
   */
  record Named(List<Long> flowIds) implements Selection {
    Named {
      flowIds = List.copyOf(flowIds);
    }
  }

  /**
   * Those farthest from benign flows, of the whole data set.
   *
   * @param count how many at most
   * @param by by which verdict
   */
  record Farthest(int count, VerdictName by) implements Selection {}

  /** Does the work and prints. */
  void run(CommandContext context) {
    ModelSource source = ModelSource.load(model);
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      // Before the flows are read and scored: it refuses models that cannot be explained.
      FlowExplainer explainer = new FlowExplainer(source.model(), team);
      FlowDataset dataset = FlowDataset.read(InputFiles.requireData(data));
      int[] rows = rows(context, source.model(), dataset, team);
      FlowBatch batch = new FlowBatch();
      for (int k = 0; k < rows.length; k++) {
        context.interruption().check();
        batch.clear();
        dataset.flows().copy(rows, k, k + 1, batch);
        print(
            context,
            ExplainedFlow.of(dataset.metadata().flow(rows[k]), explainer.explain(batch, 0), lines),
            k == 0);
      }
    }
  }

  private int[] rows(
      CommandContext context, JanusModel loaded, FlowDataset dataset, ThreadTeam team) {
    return switch (selection) {
      case Named named -> named.flowIds().stream().mapToInt(id -> row(dataset, id)).toArray();
      case Farthest farthest -> farthest(context, loaded, dataset, team, farthest);
    };
  }

  /** Row i is the flow with id i. */
  private int row(FlowDataset dataset, long id) {
    if (id < 0 || id >= dataset.size()) {
      throw new CliException(
          ExitCode.USAGE,
          "--flow %d: %s holds flows 0 to %d".formatted(id, data, dataset.size() - 1));
    }
    return (int) id;
  }

  private static int[] farthest(
      CommandContext context,
      JanusModel loaded,
      FlowDataset dataset,
      ThreadTeam team,
      Farthest farthest) {
    double[] distances =
        switch (farthest.by()) {
          case FUSED, D2 -> scored(context, loaded, dataset, team, farthest.by());
          case HIDDEN -> new DatasetScoring(context, loaded, team).hidden(dataset);
        };
    return IntStream.range(0, dataset.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer row) -> -distances[row]))
        .limit(farthest.count())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[] scored(
      CommandContext context,
      JanusModel loaded,
      FlowDataset dataset,
      ThreadTeam team,
      VerdictName by) {
    FlowSplit whole = FlowSplit.allTested(dataset.metadata(), Set.of());
    return new DatasetScoring(context, loaded, team)
        .score(dataset, whole)
        .verdicts()
        .by(by)
        .distances();
  }

  private static void print(CommandContext context, ExplainedFlow explained, boolean first) {
    if (context.json()) {
      context.print(Json.line(ExplanationJson.of(explained)));
      return;
    }
    if (!first) {
      context.print("");
    }
    ExplanationText.lines(explained).forEach(context::print);
  }
}
