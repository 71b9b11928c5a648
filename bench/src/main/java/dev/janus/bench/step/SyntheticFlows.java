package dev.janus.bench.step;

import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;

/** Normalised flows of given lengths, the same in every run, as the trainer and the scorer take. */
public final class SyntheticFlows {
  private SyntheticFlows() {}

  /** Flows with the given numbers of packets, see {@link FlowLengths}. */
  public static NormalizedFlows of(int[] lengths) {
    StepBatch batch = StepBatch.of(lengths, ModelConfig.defaults().dModel());
    int packets = batch.packets().totalRows();
    float[] continuous = new float[packets * JanusNetwork.CONTINUOUS];
    float[] bits = new float[packets * JanusNetwork.BITS];
    for (int r = 0; r < packets; r++) {
      int input = r * JanusNetwork.PACKET_INPUTS;
      System.arraycopy(
          batch.inputs(), input, continuous, r * JanusNetwork.CONTINUOUS, JanusNetwork.CONTINUOUS);
      System.arraycopy(
          batch.inputs(),
          input + JanusNetwork.CONTINUOUS,
          bits,
          r * JanusNetwork.BITS,
          JanusNetwork.BITS);
    }
    NormalizedFlows flows = new NormalizedFlows();
    flows.fill(lengths, continuous, bits, batch.features());
    return flows;
  }
}
