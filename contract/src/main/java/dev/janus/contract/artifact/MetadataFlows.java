package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.Flow;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The flows of a data set without their packets: {@link Flow#tokens} is empty. Takes about 80 bytes
 * of memory a flow. Immutable; safe to share between threads.
 */
public final class MetadataFlows implements FlowSequence {
  private static final float[] NO_TOKENS = {};

  private final FlowMetadata metadata;
  private final Map<String, Integer> captures = new LinkedHashMap<>();

  private MetadataFlows(FlowMetadata metadata) {
    this.metadata = metadata;
    for (int row = 0; row < metadata.size(); row++) {
      captures.putIfAbsent(metadata.capture(row), captures.size());
    }
  }

  /**
   * Reads the metadata of a data set and nothing else, unless another program wrote it without
   * numbers of packets.
   *
   * @param folder of an extraction, or a store itself
   * @throws ContractException on the first violation; names file, row and column and what to do
   */
  public static MetadataFlows read(Path folder) {
    return new MetadataFlows(MetadataReader.read(folder));
  }

  /** Label, 5-tuple, times and origin of every flow. */
  public FlowMetadata metadata() {
    return metadata;
  }

  /** Names of the captures; their places are the numbers in {@link Flow#capture()}. */
  public List<String> captures() {
    return List.copyOf(captures.keySet());
  }

  @Override
  public long size() {
    return metadata.size();
  }

  @Override
  public Iterator<Flow> iterator() {
    return IntStream.range(0, metadata.size()).mapToObj(this::flow).iterator();
  }

  private Flow flow(int row) {
    int capture = captures.getOrDefault(metadata.capture(row), 0);
    return metadata.flow(row, row, NO_TOKENS, capture, metadata.part(row));
  }
}
