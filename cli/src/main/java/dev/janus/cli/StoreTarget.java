package dev.janus.cli;

import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Quantity;
import dev.janus.contract.artifact.SelectedFlows;
import dev.janus.contract.artifact.StoreIndex;
import dev.janus.contract.artifact.StoreWriter;
import dev.janus.contract.artifact.Stores;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where commands put stores that they make of others. */
final class StoreTarget {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the result; made if missing.")
  private Path out = Path.of("");

  @Option(
      names = "--shard-flows",
      paramLabel = "N",
      description = "Flows of a shard (default ${DEFAULT-VALUE}).")
  private int shardFlows = StoreWriter.DEFAULT_SHARD_FLOWS;

  @Option(names = "--overwrite", description = "Replace a result that is already in DIR.")
  private boolean overwrite;

  Path out() {
    return out;
  }

  /** Refuses to put a result over, into or around what it is made of. */
  void requireApartFrom(Path source) {
    Path from = source.toAbsolutePath().normalize();
    Path to = out.toAbsolutePath().normalize();
    if (from.startsWith(to) || to.startsWith(from)) {
      throw new CliException(
          ExitCode.USAGE, "--out " + out + " and " + source + " overlap; choose another --out");
    }
  }

  /** Writes flows, with the labels they have, as the store of {@code folder}. */
  void write(CommandContext context, Path folder, SelectedFlows flows) {
    if (shardFlows < 1) {
      throw new CliException(ExitCode.USAGE, "--shard-flows must be at least 1, not " + shardFlows);
    }
    OutputFolder.Existing existing =
        overwrite ? OutputFolder.Existing.REPLACE : OutputFolder.Existing.REFUSE;
    Stores.restore(folder);
    try (OutputFolder target = OutputFolder.prepare(folder, ExtractionJob.RESULTS, existing);
        Progress progress = context.terminal().progress()) {
      StoreIndex index =
          StoreWriter.write(
              target.path(),
              flows,
              flows.captures(),
              flows::label,
              shardFlows,
              written -> {
                context.interruption().check();
                progress.update(() -> "writing flows: %,d of %,d".formatted(written, flows.size()));
              });
      target.complete();
      context.print(
          "Wrote %s of %s to %s (%s)"
              .formatted(
                  Quantity.of(index.flows(), "flow"),
                  captures(flows.captures()),
                  folder,
                  Quantity.of(index.shards().size(), "shard")));
    }
  }

  private static String captures(List<String> names) {
    return names.size() == 1 ? names.getFirst() : "%,d captures".formatted(names.size());
  }
}
