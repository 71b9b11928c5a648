package dev.janus.cli.results;

import dev.janus.contract.ContractException;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.artifact.FlowRecord;
import dev.janus.contract.flow.FlowBatch;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data set that was evaluated, or why it is not at hand. */
public sealed interface EvaluatedFlows {
  /** It is at hand. */
  record Present(FlowDataset dataset) implements EvaluatedFlows {
    /** What is known of a flow. */
    public FlowRecord flow(int flow) {
      return dataset.metadata().flow(flow);
    }

    /**
     * The stored packets of a flow: a batch of this one flow.
     *
     * @throws ContractException when they are damaged, which a store shows only here
     */
    public FlowBatch packets(int flow) {
      FlowBatch batch = new FlowBatch();
      dataset.flows().copy(new int[] {flow}, 0, 1, batch);
      return batch;
    }
  }

  /** It is not. */
  record Absent(String reason) implements EvaluatedFlows {}

  /** Reads a data set; what is wrong with it is told and ends nothing. */
  static EvaluatedFlows read(Path folder) {
    if (folder.toString().isEmpty() || !Files.isDirectory(folder)) {
      return new Absent("the folder of the flows, '" + folder + "', is not there");
    }
    try {
      return new Present(FlowDataset.read(folder));
    } catch (ContractException e) {
      return new Absent(String.valueOf(e.getMessage()));
    }
  }

  /** These flows if a run evaluated them, else why they are others. */
  default EvaluatedFlows of(RunScores scores) {
    if (!(this instanceof Present present)) {
      return this;
    }
    FlowDataset dataset = present.dataset();
    if (dataset.size() != scores.flows()) {
      return new Absent(
          "%s holds %,d flows, but %,d were evaluated"
              .formatted(dataset.folder(), dataset.size(), scores.flows()));
    }
    for (int flow = 0; flow < scores.flows(); flow++) {
      if (!dataset.metadata().label(flow).equals(scores.label(flow))) {
        return new Absent(
            "%s: flow %d is labelled '%s', but '%s' when it was evaluated"
                .formatted(
                    dataset.folder(), flow, dataset.metadata().label(flow), scores.label(flow)));
      }
    }
    return this;
  }
}
