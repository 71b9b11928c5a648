package dev.janus.baselines;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowSource;
import dev.janus.contract.packet.PacketSchema;
import dev.janus.model.Normalization;
import dev.janus.score.RowChoice;
import java.util.function.Consumer;

/**
 * The benign training flows of a data set, read piece by piece.
 *
 * @param flows raw flows
 * @param rows rows of the training flows, at least 2
 */
@SuppressWarnings("ArrayRecordComponent")
record TrainingRows(FlowSource flows, int[] rows) {
  private static final int ROWS_PER_PIECE = 4096;

  /**
   * Training flows that are read until somebody stops it.
   *
   * @param check called before each piece; what it throws ends the reading
   */
  TrainingRows(FlowSource flows, int[] rows, Runnable check) {
    this(new Checked(flows, check), rows);
  }

  /** Flows that cannot be read on without leave. */
  private record Checked(FlowSource flows, Runnable check) implements FlowSource {
    @Override
    public int size() {
      return flows.size();
    }

    @Override
    public int length(int row) {
      return flows.length(row);
    }

    @Override
    public void copy(int[] rows, int from, int to, FlowBatch target) {
      check.run();
      flows.copy(rows, from, to, target);
    }

    @Override
    public void expect(int from, int to) {
      flows.expect(from, to);
    }
  }

  TrainingRows {
    if (rows.length < 2) {
      throw new BaselineException(
          "a detector is fitted on at least 2 benign training flows, here are " + rows.length);
    }
  }

  /** Number of training flows. */
  int count() {
    return rows.length;
  }

  /** At most {@code limit} of the flows, evenly over their order. */
  TrainingRows thinned(int limit) {
    return rows.length <= limit ? this : new TrainingRows(flows, RowChoice.spread(rows, limit));
  }

  /** Statistics of the flows as the model takes them. */
  Normalization normalization() {
    return Normalization.fit(flows, rows, PacketSchema.MAX_PACKETS);
  }

  /** Shows each flow's vector in turn. */
  void each(FlowVectors.Form form, Consumer<double[]> use) {
    FlowBatch batch = new FlowBatch();
    for (int first = 0; first < rows.length; first += ROWS_PER_PIECE) {
      batch.clear();
      flows.copy(rows, first, Math.min(rows.length, first + ROWS_PER_PIECE), batch);
      for (int flow = 0; flow < batch.flows(); flow++) {
        use.accept(form.of(batch, flow, rows[first + flow]));
      }
    }
  }

  /** The vectors of all the flows, {@code [count][20]}. */
  double[][] vectors(FlowVectors.Form form) {
    double[][] vectors = new double[rows.length][];
    int[] next = {0};
    each(form, vector -> vectors[next[0]++] = vector);
    return vectors;
  }
}
