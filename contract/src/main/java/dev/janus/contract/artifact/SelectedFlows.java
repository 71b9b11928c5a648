package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowOrigin;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.packet.PacketSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Flows of data sets as they come out of an extraction, numbered anew from 0. Reads the packets of
 * a few thousand flows at a time. Not thread-safe.
 */
public final class SelectedFlows implements FlowSequence {
  private static final int FLOWS_AT_A_TIME = 1 << 12;

  private final List<Selection> selections;
  private final long[] starts;
  private final List<String> captures = new ArrayList<>();
  private final Map<String, Integer> captureNumbers = new HashMap<>();

  /**
   * Some flows of a data set.
   *
   * @param rows which, ascending
   * @param captureName from the name of a capture in the data set to its new one
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Selection(FlowDataset dataset, int[] rows, UnaryOperator<String> captureName) {
    String capture(int row) {
      return captureName.apply(dataset.metadata().capture(row));
    }
  }

  /**
   * Puts selections one behind the other.
   *
   * @throws ContractException when captures of two of them have the same name
   */
  public SelectedFlows(List<Selection> selections) {
    this.selections = List.copyOf(selections);
    this.starts = new long[selections.size() + 1];
    for (int s = 0; s < selections.size(); s++) {
      starts[s + 1] = starts[s] + selections.get(s).rows().length;
      addCaptures(selections.get(s));
    }
  }

  /** All flows of a data set, with their numbers. */
  public static SelectedFlows all(FlowDataset dataset) {
    int[] rows = IntStream.range(0, dataset.size()).toArray();
    return new SelectedFlows(List.of(new Selection(dataset, rows, UnaryOperator.identity())));
  }

  private void addCaptures(Selection selection) {
    Set<String> own = new HashSet<>();
    for (int row : selection.rows()) {
      String name = selection.capture(row);
      if (!own.add(name)) {
        continue;
      }
      if (captureNumbers.putIfAbsent(name, captures.size()) != null) {
        throw new ContractException(
            "%s: has a capture %s, as another of the data sets has; their flows could not be told apart"
                .formatted(selection.dataset().folder(), name));
      }
      captures.add(name);
    }
  }

  /** Names of the captures; their places are the numbers in {@link Flow#capture()}. */
  public List<String> captures() {
    return List.copyOf(captures);
  }

  /** The label that a flow of this sequence has in its data set. */
  public String label(Flow flow) {
    int s = selectionOf(flow.flowId());
    Selection selection = selections.get(s);
    return selection
        .dataset()
        .metadata()
        .label(selection.rows()[(int) (flow.flowId() - starts[s])]);
  }

  private int selectionOf(long flowId) {
    int found = Arrays.binarySearch(starts, flowId);
    int s = found >= 0 ? found : -found - 2;
    while (starts[s + 1] == starts[s]) {
      s++; // an empty selection begins where the next one does
    }
    return s;
  }

  @Override
  public long size() {
    return starts[selections.size()];
  }

  @Override
  public Iterator<Flow> iterator() {
    return new Rows();
  }

  private final class Rows implements Iterator<Flow> {
    private final FlowBatch batch = new FlowBatch();
    private int selection;
    private int first;
    private int next;

    @Override
    public boolean hasNext() {
      while (selection < selections.size() && next == selections.get(selection).rows().length) {
        selection++;
        first = 0;
        next = 0;
        batch.clear();
      }
      return selection < selections.size();
    }

    @Override
    public Flow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Selection current = selections.get(selection);
      if (next == first + batch.flows()) {
        first = next;
        int to = Math.min(current.rows().length, first + FLOWS_AT_A_TIME);
        batch.clear();
        current.dataset().flows().copy(current.rows(), first, to, batch);
      }
      return flow(current, starts[selection], next, batch, next++ - first);
    }
  }

  private Flow flow(Selection selection, long start, int place, FlowBatch batch, int row) {
    int flow = selection.rows()[place];
    FlowMetadata metadata = selection.dataset().metadata();
    int from = batch.firstPacket(row) * PacketSchema.CHANNELS;
    int to = from + batch.length(row) * PacketSchema.CHANNELS;
    return new Flow(
        start + place,
        metadata.tuple(flow),
        metadata.startMicros(flow),
        metadata.endMicros(flow),
        metadata.packets(flow),
        Arrays.copyOfRange(batch.tokens(), from, to),
        new FlowOrigin(
            captureNumbers.getOrDefault(selection.capture(flow), 0),
            metadata.firstPacketIndex(flow),
            metadata.fileOffset(flow)),
        metadata.start(flow),
        metadata.endReason(flow),
        part(selection, start, place, metadata.part(flow)));
  }

  /** A piece whose first one was not selected is a whole of its own. */
  private static FlowPart part(Selection selection, long start, int place, FlowPart part) {
    int parent =
        part.parentId() <= Integer.MAX_VALUE
            ? Arrays.binarySearch(selection.rows(), (int) part.parentId())
            : -1;
    return parent >= 0
        ? new FlowPart(start + parent, part.number())
        : new FlowPart(start + place, 0);
  }
}
