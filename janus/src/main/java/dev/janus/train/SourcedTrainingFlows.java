package dev.janus.train;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowSource;
import dev.janus.model.Normalization;
import dev.janus.model.NormalizedFlows;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Training flows that are read and normalised when a batch wants them, so that memory does not grow
 * with their number.
 */
public final class SourcedTrainingFlows implements TrainingFlows {
  /** More at once would push each other out of memory. */
  private static final int MOST_AHEAD = 1 << 16;

  private final FlowSource source;
  private final int[] rows;
  private final Normalization normalization;
  private final int maxPackets;
  private final FlowBatch raw = new FlowBatch();
  private int[] wanted = new int[0];

  /**
   * Chooses flows of a source.
   *
   * @param rows the benign training flows, ascending; kept
   * @param normalization fitted on them
   * @param maxPackets packets of a flow that the model reads at most
   */
  public SourcedTrainingFlows(
      FlowSource source, int[] rows, Normalization normalization, int maxPackets) {
    this.source = source;
    this.rows = rows;
    this.normalization = normalization;
    this.maxPackets = maxPackets;
  }

  @Override
  public int count() {
    return rows.length;
  }

  @Override
  public void gather(int[] picks, int size, NormalizedFlows target) {
    if (wanted.length < size) {
      wanted = new int[size];
    }
    for (int j = 0; j < size; j++) {
      wanted[j] = rows[picks[j]];
    }
    raw.clear();
    source.copy(wanted, 0, size, raw);
    target.fill(raw, normalization, maxPackets);
  }

  /**
   * Where most flows in between are not trained on, reading ahead would cost more than it saves.
   */
  @Override
  public void expect(int from, int to) {
    int span = rows[to - 1] + 1 - rows[from];
    if (to - from <= MOST_AHEAD && span <= 2 * (to - from)) {
      source.expect(rows[from], rows[to - 1] + 1);
    }
  }

  /** Statistics of all values stand for the values themselves, which would take long to read. */
  @Override
  public void identify(MessageDigest digest) {
    ByteBuffer chunk = ByteBuffer.allocate(8 * 1024);
    for (int row : rows) {
      if (!chunk.hasRemaining()) {
        digest.update(chunk.flip());
        chunk.clear();
      }
      chunk.putInt(row).putInt(source.length(row));
    }
    digest.update(chunk.flip());
    update(digest, normalization.packetMean());
    update(digest, normalization.packetStd());
    update(digest, normalization.featureMean());
    update(digest, normalization.featureStd());
  }

  private static void update(MessageDigest digest, double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
    for (double value : values) {
      bytes.putDouble(value);
    }
    digest.update(bytes.flip());
  }
}
