package dev.janus.bench.process;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.packet.PacketSchema;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.score.FlowScorer;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.ModelFile;
import java.nio.file.Path;

/** What an embedder writes: loads a model, scores one flow and prints its p-value. */
final class FirstVerdict {
  /** How the line with the verdict begins. */
  static final String PREFIX = "p_value ";

  private FirstVerdict() {}

  /** Arguments: model file, packets of the flow. */
  public static void main(String[] args) {
    int packets = Integer.parseInt(args[1]);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      FlowScorer scorer = new FlowScorer(ModelFile.read(Path.of(args[0])), team);
      FlowVerdicts verdicts = scorer.score(flow(packets));
      System.out.println(PREFIX + verdicts.oas10().pValues()[0]);
    }
  }

  private static FlowBatch flow(int packets) {
    float[] tokens = new float[packets * PacketSchema.CHANNELS];
    for (int p = 0; p < packets; p++) {
      int at = p * PacketSchema.CHANNELS;
      tokens[at] = 40 + 1460 * (p % 3) / 2f;
      tokens[at + 1] = p == 0 ? 0 : 1000 * p;
      tokens[at + 2] = p % 2;
      tokens[at + 4] = 1;
      tokens[at + 8] = 8192;
    }
    double[] features = new double[FlowFeature.COUNT];
    FlowFeatures.compute(tokens, 0, packets, features, 0);
    FlowBatch flows = new FlowBatch();
    flows.add(tokens, packets, features);
    return flows;
  }
}
