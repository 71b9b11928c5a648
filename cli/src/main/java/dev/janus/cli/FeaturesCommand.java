package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Quantity;
import dev.janus.contract.artifact.FeatureTable;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.artifact.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code janus features}: the flow features of data that came without them. */
@Command(
    name = "features",
    description =
        "Compute the 20 flow features from packets.npz and write flow_features.parquet beside it."
            + " extract does so itself; this is for packets.npz and flows.parquet of another"
            + " program.",
    footer = {
      "  janus features --data data/from-python",
      "  janus features --data data/from-python --overwrite",
      "  janus features --data data/tables --source-store data/big"
    })
final class FeaturesCommand extends JanusCommand {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder with packets.npz and flows.parquet, which is checked; with flows.parquet alone give"
              + " --source-store.")
  private Path data = Path.of("");

  @Option(
      names = "--source-store",
      paramLabel = "DIR",
      description =
          "Store that flows.parquet of --data is of, in the same order; packets.npz is not needed"
              + " then.")
  private Optional<Path> store = Optional.empty();

  @Option(names = "--overwrite", description = "Replace a flow_features.parquet that is there.")
  private boolean overwrite;

  FeaturesCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    InputFiles.requireData(data);
    Path file = data.resolve(FeatureTable.FILE);
    if (Stores.find(data).isPresent()) {
      throw new CliException(
          ExitCode.DATA, data + ": a sharded store, which has its features already");
    }
    if (Files.exists(file) && !overwrite) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, file + ": is there already; add --overwrite to replace it");
    }
    long flows;
    try (OutputFolder folder =
            OutputFolder.prepare(data, List.of(), OutputFolder.Existing.REPLACE);
        Progress progress = context().terminal().progress()) {
      LongConsumer written =
          count -> {
            context().interruption().check();
            progress.update(() -> "computing features: %,d flows".formatted(count));
          };
      flows =
          store
              .map(source ->
                  FeatureTable.writeFrom(
                      FlowDataset.read(InputFiles.requireData(source)), folder.path(), written))
              .orElseGet(() -> FeatureTable.write(folder.path(), written));
    }
    if (context().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("file", file.toString());
      json.put("flows", flows);
      context().print(Json.line(json));
    } else {
      context().print("Wrote the features of %s to %s".formatted(Quantity.of(flows, "flow"), file));
    }
    return ExitCode.OK;
  }
}
