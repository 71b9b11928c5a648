package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.label.FlowLabeler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Writes flows as a sharded store: a folder {@code full_store} with an {@code index.json} and
 * shards of {@code .npy} arrays, see {@link ShardWriter}. Unlike {@code packets.npz} it has no
 * padding, is read without being loaded, and has no largest size. The folder appears when it is
 * complete; whatever fails before leaves an older store, or arrays, as they were. Arrays that it
 * replaces are removed afterwards; until then the store counts.
 *
 * <p>The older data set's {@code extract.json} goes just before the store gets its name: a summary
 * must not be taken for one of flows that it does not describe. Where that last move fails, or the
 * process is killed between, the older data set is whole and has no summary; extracting again,
 * where it was interrupted also with {@code --resume}, writes one.
 */
public final class StoreWriter {
  /** Flows of a shard unless the caller wants another number. */
  public static final int DEFAULT_SHARD_FLOWS = 1 << 18;

  private static final int ROWS_BETWEEN_UPDATES = 1 << 12;

  private StoreWriter() {}

  /**
   * Writes the store; an older one, or arrays, in the folder are replaced.
   *
   * @param folder folder of the data set; must exist
   * @param captures name of each capture, see {@link CaptureNames}
   * @param labeler asked for each flow in the order of flow ids
   * @param shardFlows flows of a shard, at least 1; the last one may have fewer
   * @param progress told now and then how many flows are written; what it throws ends the writing
   * @throws ContractException when the disk refuses
   */
  public static StoreIndex write(
      Path folder,
      FlowSequence flows,
      List<String> captures,
      FlowLabeler labeler,
      int shardFlows,
      LongConsumer progress) {
    if (shardFlows < 1) {
      throw new IllegalArgumentException("a shard has at least 1 flow, not " + shardFlows);
    }
    if (flows.size() > Integer.MAX_VALUE) {
      throw new ContractException(
          "%s: %d flows are too many for one store; extract fewer captures at a time"
              .formatted(folder, flows.size()));
    }
    try (AtomicFolder store = AtomicFolder.create(folder.resolve(ShardFiles.STORE))) {
      List<StoreIndex.Shard> shards = new ArrayList<>();
      Optional<ShardWriter> shard = Optional.empty();
      try (ShardWriter.Threads threads = ShardWriter.Threads.start()) {
        for (Flow flow : flows) {
          if (shard.isEmpty()) {
            shard =
                Optional.of(
                    ShardWriter.create(store.path(), shards.size(), flow.flowId(), threads));
          }
          shard
              .get()
              .add(new LabelledFlow(flow, labeler.label(flow), captures.get(flow.capture())));
          if (shard.get().flows() == shardFlows || shard.get().isFull()) {
            shards.add(shard.get().finish());
            shard = Optional.empty();
          }
          if (flow.flowId() % ROWS_BETWEEN_UPDATES == 0) {
            progress.accept(flow.flowId());
          }
        }
        if (shard.isPresent()) {
          shards.add(shard.get().finish());
          shard = Optional.empty();
        }
      } finally {
        // What is left of a failure; the threads have ended.
        shard.ifPresent(ShardWriter::close);
      }
      progress.accept(flows.size());
      StoreIndex index = new StoreIndex(shards);
      index.write(store.path());
      ArtifactWriter.remove(folder.resolve(ArtifactWriter.SUMMARY_FILE));
      store.commit();
      Stores.removeArrays(folder);
      return index;
    }
  }
}
