package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.packet.PacketSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Flows of data sets as they come out of an extraction, numbered anew from 0. Reads the packets of
 * a few thousand flows at a time. Not thread-safe.
 */
public final class SelectedFlows implements FlowSequence {
  private static final int FLOWS_AT_A_TIME = 1 << 12;

  /** What captures of one name in several selections are. */
  public enum SameNames {
    /** Different captures, which cannot be told apart: refused. */
    DIFFERENT,
    /** One capture, whose flows were split over the selections. */
    ONE_CAPTURE
  }

  private final List<Selection> selections;
  private final long[] starts;
  private final List<String> captures = new ArrayList<>();
  private final Map<String, Integer> captureNumbers = new HashMap<>();

  /** Names of the captures whose flows stand in several selections. */
  private final Set<String> shared = new LinkedHashSet<>();

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
    this(selections, SameNames.DIFFERENT);
  }

  /**
   * Puts selections one behind the other.
   *
   * @throws ContractException when captures of two of them have the same name and are different, or
   *     when flows of what is said to be one capture begin with the same packet
   */
  public SelectedFlows(List<Selection> selections, SameNames sameNames) {
    this.selections = List.copyOf(selections);
    this.starts = new long[selections.size() + 1];
    for (int s = 0; s < selections.size(); s++) {
      starts[s + 1] = starts[s] + selections.get(s).rows().length;
      addCaptures(selections.get(s), sameNames);
    }
    if (!shared.isEmpty()) {
      checkShared();
    }
  }

  /** All flows of a data set, with their numbers. */
  public static SelectedFlows all(FlowDataset dataset) {
    int[] rows = IntStream.range(0, dataset.size()).toArray();
    return new SelectedFlows(List.of(new Selection(dataset, rows, UnaryOperator.identity())));
  }

  private void addCaptures(Selection selection, SameNames sameNames) {
    Set<String> own = new HashSet<>();
    for (int row : selection.rows()) {
      String name = selection.capture(row);
      if (!own.add(name)) {
        continue;
      }
      if (captureNumbers.putIfAbsent(name, captures.size()) == null) {
        captures.add(name);
      } else if (sameNames == SameNames.ONE_CAPTURE) {
        shared.add(name);
      } else {
        throw new ContractException(
            ("%s: has a capture %s, as another of the data sets has; their flows could not be told"
                    + " apart. Add --same-captures if they are parts of one data set, as store"
                    + " split writes them, or --prefix-captures if they are different captures")
                .formatted(selection.dataset().folder(), name));
      }
    }
  }

  /** No packet begins two flows: where one seems to, these are not parts of one capture. */
  private void checkShared() {
    Map<String, LongStream.Builder> offsets = new HashMap<>();
    shared.forEach(name -> offsets.put(name, LongStream.builder()));
    for (Selection selection : selections) {
      for (int row : selection.rows()) {
        LongStream.Builder known = offsets.get(selection.capture(row));
        long offset = selection.dataset().metadata().fileOffset(row);
        // Every capture begins with a header; 0 is what another program's table does not say.
        if (known != null && offset > 0) {
          known.add(offset);
        }
      }
    }
    for (String name : shared) {
      long[] sorted = offsets.getOrDefault(name, LongStream.builder()).build().sorted().toArray();
      for (int i = 1; i < sorted.length; i++) {
        if (sorted[i] == sorted[i - 1]) {
          throw new ContractException(
              ("%s: two flows of capture %s begin with the packet at offset %d, so the data sets are"
                      + " not parts of one: they overlap, or the captures are different ones of one"
                      + " name. Leave out what is there twice, or give --prefix-captures in place of"
                      + " --same-captures")
                  .formatted(holders(name, sorted[i]), name, sorted[i]));
        }
      }
    }
  }

  /** The data sets that hold a flow of a capture that begins at an offset. */
  private String holders(String capture, long offset) {
    return selections.stream()
        .filter(selection ->
            Arrays.stream(selection.rows())
                .anyMatch(row ->
                    selection.dataset().metadata().fileOffset(row) == offset
                        && selection.capture(row).equals(capture)))
        .map(selection -> selection.dataset().folder().toString())
        .distinct()
        .collect(Collectors.joining(" and "));
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
    return metadata.flow(
        flow,
        start + place,
        Arrays.copyOfRange(batch.tokens(), from, to),
        captureNumbers.getOrDefault(selection.capture(flow), 0),
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
