package dev.janus.bench.onnx;

import dev.janus.bench.duel.Contender;
import dev.janus.bench.step.StepBatch;
import dev.janus.bench.step.StepOutput;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;

/** The forward pass in ONNX Runtime on a batch whose flows all have the same length. */
public final class OnnxForward implements Contender {
  /** Name for the table. */
  public static final String NAME = "ONNX Runtime 1.29.0";

  private final OrtSession session;

  /** Builds the graph and loads it. */
  public OnnxForward(ModelConfig config, float[] weights, StepBatch batch, int threads) {
    int flows = batch.flows();
    int packets = batch.packets().rows(0);
    if (batch.packets().totalRows() != flows * packets) {
      throw new IllegalArgumentException("all flows of the batch must have the same length");
    }
    session = new OrtSession(OnnxNetwork.model(config, weights, flows, packets), threads);
    session.input(OnnxNetwork.PACKETS, batch.inputs(), flows, packets, JanusNetwork.PACKET_INPUTS);
    session.input(OnnxNetwork.FEATURES, batch.features(), flows, FlowFeature.COUNT);
    session.input(OnnxNetwork.TIME, batch.times(), flows, config.dModel());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run() {
    session.run();
  }

  /** What the network says. */
  public StepOutput outputs() {
    return new StepOutput(
        session.output(OnnxNetwork.VELOCITY),
        session.output(OnnxNetwork.FLOW_VELOCITY),
        session.output(OnnxNetwork.LOGITS));
  }

  @Override
  public void close() {
    session.close();
  }
}
