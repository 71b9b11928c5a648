package dev.janus.cli;

import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowOrigin;
import dev.janus.contract.packet.PacketSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** The flows of an extraction as they were before they were labelled. */
final class DatasetFlows implements Iterable<Flow> {
  private static final int FLOWS_AT_A_TIME = 1 << 12;

  private final FlowDataset dataset;
  private final List<String> captures = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  DatasetFlows(FlowDataset dataset) {
    this.dataset = dataset;
    FlowMetadata metadata = dataset.metadata();
    for (int i = 0; i < metadata.size(); i++) {
      if (numbers.putIfAbsent(metadata.capture(i), captures.size()) == null) {
        captures.add(metadata.capture(i));
      }
    }
  }

  /**
   * Names of the captures that have flows; their places are the numbers in {@link Flow#capture()}.
   */
  List<String> captures() {
    return List.copyOf(captures);
  }

  @Override
  public Iterator<Flow> iterator() {
    return new Rows();
  }

  /** Reads the packets of many flows at a time. */
  private final class Rows implements Iterator<Flow> {
    private final FlowBatch batch = new FlowBatch();
    private int first;
    private int next;

    @Override
    public boolean hasNext() {
      return next < dataset.size();
    }

    @Override
    public Flow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (next == first + batch.flows()) {
        first = next;
        int[] rows =
            IntStream.range(first, Math.min(dataset.size(), first + FLOWS_AT_A_TIME)).toArray();
        batch.clear();
        dataset.flows().copy(rows, 0, rows.length, batch);
      }
      return flow(next, batch, next++ - first);
    }
  }

  private Flow flow(int flow, FlowBatch batch, int row) {
    FlowMetadata metadata = dataset.metadata();
    int from = batch.firstPacket(row) * PacketSchema.CHANNELS;
    int to = from + batch.length(row) * PacketSchema.CHANNELS;
    return new Flow(
        flow,
        metadata.tuple(flow),
        metadata.startMicros(flow),
        metadata.endMicros(flow),
        metadata.packets(flow),
        Arrays.copyOfRange(batch.tokens(), from, to),
        new FlowOrigin(
            numbers.getOrDefault(metadata.capture(flow), 0),
            metadata.firstPacketIndex(flow),
            metadata.fileOffset(flow)),
        metadata.start(flow),
        metadata.endReason(flow),
        metadata.part(flow));
  }
}
