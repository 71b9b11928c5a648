package dev.janus.bench.step;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.JanusNetwork;

/**
 * What the network says of a batch, packed as the batch is.
 *
 * @param velocity {@code [packets, 3]}
 * @param flowVelocity {@code [flows, 20]}
 * @param logits {@code [packets, 6]}
 */
public record StepOutput(float[] velocity, float[] flowVelocity, float[] logits) {
  static StepOutput of(StepBatch batch) {
    int packets = batch.packets().totalRows();
    return new StepOutput(
        new float[packets * JanusNetwork.CONTINUOUS],
        new float[batch.flows() * FlowFeature.COUNT],
        new float[packets * JanusNetwork.BITS]);
  }
}
