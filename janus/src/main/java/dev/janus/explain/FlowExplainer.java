package dev.janus.explain;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.score.FlowScorer;
import dev.janus.score.FlowTerms;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.FusedMeasure;
import dev.janus.score.JanusModel;
import dev.janus.score.MahalanobisOas;
import dev.janus.score.ScoreName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Explains the verdicts of a loaded model. It scores the flow as {@link FlowScorer} does, with the
 * same bits, and takes the sums apart. Not made for speed: it allocates, and scores a flow twice.
 * Not thread-safe: one caller at a time.
 */
public final class FlowExplainer {
  private static final int CONTINUOUS = JanusNetwork.CONTINUOUS;
  private static final int BITS = JanusNetwork.BITS;
  private static final int FEATURES = FlowFeature.COUNT;

  private static final List<PacketChannel> CHANNELS = channels(PacketChannel.Kind.CONTINUOUS);
  private static final List<PacketChannel> BIT_CHANNELS = channels(PacketChannel.Kind.BIT);

  private final JanusModel model;
  private final FlowScorer scorer;

  /**
   * An explainer with the best kernels of this JVM.
   *
   * @throws dev.janus.model.ModelException when the model is of the unified architecture, whose
   *     scores have no parts that belong to one packet
   * @throws dev.janus.engine.EngineException when {@code -Djanus.kernels} asks for what this JVM
   *     cannot run
   */
  public FlowExplainer(JanusModel model, ThreadTeam team) {
    this(model, new FlowScorer(model, team));
  }

  /**
   * An explainer that uses the given kernels only.
   *
   * @throws dev.janus.model.ModelException as the other constructor
   */
  public FlowExplainer(JanusModel model, Kernels kernels, ThreadTeam team) {
    this(model, new FlowScorer(model, kernels, team));
  }

  private FlowExplainer(JanusModel model, FlowScorer scorer) {
    FlowTerms.requireFrom(model.config());
    this.model = model;
    this.scorer = scorer;
  }

  private static List<PacketChannel> channels(PacketChannel.Kind kind) {
    return List.of(PacketChannel.values()).stream().filter(c -> c.kind() == kind).toList();
  }

  /**
   * Explains one flow of a batch; the other flows do not matter.
   *
   * @param row row of the flow in {@code flows}
   * @throws dev.janus.model.ModelException when the flow holds a value that is not a number
   */
  public FlowExplanation explain(FlowBatch flows, int row) {
    FlowVerdicts verdicts = scorer.score(flows, new int[] {row});
    FlowTerms terms = scorer.terms(flows, row);
    ScoreParts scores = ScoreParts.of(model, verdicts.scores());
    double[] hidden = hidden(terms);
    double[] atPlace = model.fused().placeDistances(terms.packetStates(), terms.packets());
    int n = terms.packets();
    List<PacketPart> packets = new ArrayList<>();
    for (int p = 0; p < n; p++) {
      Packet packet = Packet.of(flows.tokens(), flows.firstPacket(row) + p);
      packets.add(
          new PacketPart(
              p + 1,
              packet,
              channels(terms, p, scores),
              bits(terms, p, packet, scores),
              hidden[p],
              atPlace[p]));
    }
    return new FlowExplanation(
        scores.list(),
        packets,
        features(flows, row, terms, scores),
        measures(verdicts),
        verdicts.fused().distances()[0],
        verdicts.fused().pValues()[0],
        verdicts.oas10().distances()[0],
        verdicts.oas10().pValues()[0],
        verdicts.hidden().distances()[0],
        verdicts.hidden().pValues()[0]);
  }

  private List<MeasurePart> measures(FlowVerdicts verdicts) {
    return Arrays.stream(FusedMeasure.values())
        .map(measure -> {
          double value = verdicts.measures()[measure.ordinal()];
          return new MeasurePart(measure, value, model.fused().surprise(measure, value));
        })
        .toList();
  }

  private static List<ChannelPart> channels(FlowTerms terms, int p, ScoreParts scores) {
    double elements = CONTINUOUS * (double) terms.packets();
    List<ChannelPart> parts = new ArrayList<>();
    for (int c = 0; c < CONTINUOUS; c++) {
      double z = terms.packetLatents()[p * CONTINUOUS + c];
      double ofPacket = z * z / elements;
      double ofNorm = z * z / (elements + FEATURES);
      double d2 =
          scores.ofSquare(ScoreName.TERMINAL_PACKET, ofPacket)
              + scores.ofSquare(ScoreName.TERMINAL_NORM, ofNorm);
      parts.add(new ChannelPart(CHANNELS.get(c), z, ofPacket, ofNorm, d2));
    }
    return parts;
  }

  private static List<BitPart> bits(FlowTerms terms, int p, Packet packet, ScoreParts scores) {
    List<BitPart> parts = new ArrayList<>();
    for (int b = 0; b < BITS; b++) {
      PacketChannel channel = BIT_CHANNELS.get(b);
      double nll = terms.bitNll()[p * BITS + b];
      double part = nll / terms.packets();
      double d2 = scores.of(scoreOf(channel), part) + scores.of(ScoreName.DISC_NLL_TOTAL, part);
      parts.add(new BitPart(channel, packet.isSet(channel), nll, part, d2));
    }
    return parts;
  }

  /** The score of a bit channel. */
  static ScoreName scoreOf(PacketChannel bit) {
    int first = ScoreName.DISC_NLL_CH2.ordinal() - PacketChannel.DIRECTION.index();
    return ScoreName.values()[first + bit.index()];
  }

  private List<FeaturePart> features(FlowBatch flows, int row, FlowTerms terms, ScoreParts scores) {
    double elements = CONTINUOUS * (double) terms.packets() + FEATURES;
    double[] benign = model.normalization().featureMean();
    double[] distance = model.fused().featureParts(terms.features());
    List<FeaturePart> parts = new ArrayList<>();
    for (FlowFeature feature : FlowFeature.values()) {
      int k = feature.ordinal();
      double z = terms.flowLatents()[k];
      double ofFlow = z * z / FEATURES;
      double ofNorm = z * z / elements;
      double d2 =
          scores.ofSquare(ScoreName.TERMINAL_FLOW, ofFlow)
              + scores.ofSquare(ScoreName.TERMINAL_NORM, ofNorm);
      double value = flows.features()[row * FEATURES + k];
      parts.add(new FeaturePart(feature, value, benign[k], z, ofFlow, ofNorm, d2, distance[k]));
    }
    return parts;
  }

  /**
   * Each packet's part of the hidden state's distance: the state is a mean over packets, and the
   * distance is the product of the state's deviation with half its own gradient, so that {@code
   * (h_i - mu) Sigma^-1 (h - mu) / n} add up to it.
   */
  private double[] hidden(FlowTerms terms) {
    MahalanobisOas distance = model.hidden().distance();
    int d = distance.dimensions();
    int n = terms.packets();
    float[] states = terms.packetStates();
    double[] state = new double[d];
    for (int p = 0; p < n; p++) {
      for (int c = 0; c < d; c++) {
        state[c] += states[p * d + c];
      }
    }
    for (int c = 0; c < d; c++) {
      state[c] /= n;
    }
    double[] mean = distance.mean();
    double[] gradient = distance.halfGradient(state, 0);
    double[] parts = new double[n];
    for (int p = 0; p < n; p++) {
      for (int c = 0; c < d; c++) {
        parts[p] += (states[p * d + c] - mean[c]) * gradient[c] / n;
      }
    }
    return parts;
  }
}
