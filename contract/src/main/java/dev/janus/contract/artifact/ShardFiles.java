package dev.janus.contract.artifact;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Names in a sharded store. */
final class ShardFiles {
  /** Folder of a store within the folder of a data set. */
  static final String STORE = "full_store";

  static final String INDEX = "index.json";
  static final String TOKENS = "packet_tokens.npy";
  static final String OFFSETS = "packet_offsets.npy";
  static final String FEATURES = "flow_features.npy";
  static final String FLOWS = FlowTables.FLOWS_FILE;

  /** The arrays of a shard. */
  static final List<String> ARRAYS = List.of(TOKENS, OFFSETS, FEATURES);

  /** The files of a shard, in the order of the index. */
  static final List<String> ALL = List.of(TOKENS, OFFSETS, FEATURES, FLOWS);

  private ShardFiles() {}

  /** Folder of the shard with this number. */
  static String folder(int number) {
    return String.format(Locale.ROOT, "shard-%05d", number);
  }

  static Path index(Path store) {
    return store.resolve(INDEX);
  }
}
