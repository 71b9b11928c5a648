package dev.janus.train;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.JanusNetwork;
import dev.janus.model.NormalizedFlows;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Flows that are in memory and normalised already. */
final class NormalizedTrainingFlows implements TrainingFlows {
  private final NormalizedFlows flows;

  /**
   * Takes the flows as they are.
   *
   * @throws TrainingException when a flow has more packets than the model reads, or a value that is
   *     not finite; names the row
   */
  NormalizedTrainingFlows(NormalizedFlows flows, int maxPackets) {
    this.flows = flows;
    for (int f = 0; f < flows.flows(); f++) {
      int packets = flows.packets().rows(f);
      if (packets > maxPackets) {
        throw new TrainingException(
            "training flow %d has %d packets, the model reads %d at most"
                .formatted(f, packets, maxPackets));
      }
      int from = flows.packets().start(f) * JanusNetwork.CONTINUOUS;
      requireFinite(f, flows.continuous(), from, packets * JanusNetwork.CONTINUOUS);
      requireFinite(f, flows.features(), f * FlowFeature.COUNT, FlowFeature.COUNT);
    }
  }

  private static void requireFinite(int flow, float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!Float.isFinite(values[i])) {
        throw new TrainingException("training flow " + flow + " holds the value " + values[i]);
      }
    }
  }

  @Override
  public int count() {
    return flows.flows();
  }

  @Override
  public void gather(int[] picks, int size, NormalizedFlows target) {
    target.fill(flows, picks, size);
  }

  @Override
  public void expect(int from, int to) {}

  @Override
  public void identify(MessageDigest digest) {
    ByteBuffer lengths = ByteBuffer.allocate(4 * flows.flows());
    for (int f = 0; f < flows.flows(); f++) {
      lengths.putInt(flows.packets().rows(f));
    }
    digest.update(lengths.flip());
    int packets = flows.packets().totalRows();
    update(digest, flows.continuous(), packets * JanusNetwork.CONTINUOUS);
    update(digest, flows.bits(), packets * JanusNetwork.BITS);
    update(digest, flows.features(), flows.flows() * FlowFeature.COUNT);
  }

  private static void update(MessageDigest digest, float[] values, int count) {
    ByteBuffer chunk = ByteBuffer.allocate(4 * 4096);
    for (int i = 0; i < count; i++) {
      chunk.putFloat(values[i]);
      if (!chunk.hasRemaining() || i == count - 1) {
        digest.update(chunk.flip());
        chunk.clear();
      }
    }
  }
}
