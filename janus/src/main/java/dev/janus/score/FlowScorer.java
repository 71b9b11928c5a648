package dev.janus.score;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelException;
import dev.janus.model.NormalizedFlows;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From raw flows to verdicts with a loaded model: normalise with the model's own statistics,
 * compute the ten scores and the hidden states, and the verdicts by them. This is what embedders
 * call. Not thread-safe: one caller at a time.
 */
public final class FlowScorer {
  private final JanusModel model;
  private final Scorer scorer;
  private final NormalizedFlows normalized = new NormalizedFlows();

  /**
   * A scorer of {@code model} with the best kernels of this JVM, whose work is spread over {@code
   * team}. It begins with scalar kernels, for a quick first verdict, and changes to vector ones
   * under load when they measure faster, see {@link Scorer}; verdicts are the same bits.
   *
   * @throws dev.janus.engine.EngineException when {@code -Djanus.kernels} asks for what this JVM
   *     cannot run
   */
  public FlowScorer(JanusModel model, ThreadTeam team) {
    this(model, new Scorer(model.config(), model.weights(), model.scoring(), team));
  }

  /** A scorer of {@code model} that uses the given kernels only. */
  public FlowScorer(JanusModel model, Kernels kernels, ThreadTeam team) {
    this(model, new Scorer(model.config(), model.weights(), model.scoring(), kernels, team));
  }

  private FlowScorer(JanusModel model, Scorer scorer) {
    this.model = model;
    this.scorer = scorer;
  }

  /** The kernels that the next flows will be scored with. */
  public Kernels kernels() {
    return scorer.kernels();
  }

  /** Names of the scores that stay 0 because the model has not what they are made of. */
  public List<String> notComputed() {
    return ScoreName.notComputedBy(model.config());
  }

  /**
   * Scores all flows of a batch, in batch order.
   *
   * @throws ModelException when a flow holds a value that is not a number; names its row
   */
  public FlowVerdicts score(FlowBatch flows) {
    return score(flows, allOf(flows));
  }

  /**
   * Scores the given rows of a batch, in that order.
   *
   * @throws ModelException when a flow holds a value that is not a number; names its row
   */
  public FlowVerdicts score(FlowBatch flows, int[] rows) {
    normalized.fill(flows, rows, model.normalization(), model.config().maxPackets());
    int d = model.config().dModel();
    double[] hidden = new double[rows.length * d];
    double[] measures = new double[rows.length * FusedMeasure.COUNT];
    PlaceDistances places = model.fused().fit().places();
    scorer.states(
        normalized,
        (flow, states, offset, packets, room) -> {
          HiddenState.mean(states, offset, packets, d, hidden, flow * d);
          places.measure(states, offset, packets, room, measures, flow * FusedMeasure.COUNT);
        });
    double[] scores = new double[rows.length * ScoreName.COUNT];
    scorer.score(normalized, scores);
    FusedFit.ofFeatures(model.fused().fit().features(), normalized, measures, 0);
    model.fused().fit().ofScores(scores, measures);
    return new FlowVerdicts(
        scores,
        measures,
        IntStream.range(0, rows.length).map(f -> FlowStratum.of(normalized, f)).toArray(),
        model.fused().judge(measures, rows),
        model.oas10().judge(scores, rows),
        model.hidden().judge(hidden, rows));
  }

  /**
   * Judges all flows of a batch, in batch order, by their hidden state alone: in one pass of the
   * network, the first of those that {@link #score(FlowBatch)} makes. Features do not matter to it.
   *
   * @throws ModelException when a packet holds a value that is not a number; names the flow's row
   */
  public Verdicts hidden(FlowBatch flows) {
    return hidden(flows, allOf(flows));
  }

  /**
   * What the scores and the hidden state of one flow are sums of: the same numbers that {@link
   * #score(FlowBatch)} adds up. Allocates; the package {@code dev.janus.explain} makes an
   * explanation of it.
   *
   * @param row row of the flow in {@code flows}
   * @throws ModelException when the model is of the unified architecture
   */
  public FlowTerms terms(FlowBatch flows, int row) {
    normalized.fill(flows, new int[] {row}, model.normalization(), model.config().maxPackets());
    return scorer.terms(normalized);
  }

  private Verdicts hidden(FlowBatch flows, int[] rows) {
    normalized.fill(flows, rows, model.normalization(), model.config().maxPackets());
    double[] hidden = new double[rows.length * model.config().dModel()];
    scorer.hidden(normalized, hidden);
    return model.hidden().judge(hidden, rows);
  }

  private static int[] allOf(FlowBatch flows) {
    return IntStream.range(0, flows.flows()).toArray();
  }
}
