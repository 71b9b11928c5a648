package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Quantity;
import dev.janus.contract.artifact.StoreCheck;
import dev.janus.contract.artifact.StoreIndex;
import dev.janus.contract.artifact.Stores;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code janus store verify}: is a store what its index says. */
@Command(
    name = "verify",
    description =
        "Read a store from end to end: size and SHA-256 of every file, every packet, feature and"
            + " row, and that nothing else lies in it. Ends with code 65 at the first difference.",
    footer = "  janus store verify data/big")
final class StoreVerifyCommand extends JanusCommand {
  private static final double MIB = 1 << 20;

  @Parameters(paramLabel = "DIR", description = "Folder of a data set, or of a store itself.")
  private Path data = Path.of("");

  StoreVerifyCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    Path store =
        Stores.find(InputFiles.requireData(data))
            .orElseThrow(() ->
                new CliException(
                    ExitCode.DATA, data + ": holds no store; extract --layout store writes one"));
    StoreIndex index;
    try (Progress progress = context().terminal().progress()) {
      index =
          StoreCheck.run(
              store,
              bytes -> {
                context().interruption().check();
                progress.update(() -> "checked %,.0f MiB".formatted(bytes / MIB));
              });
    }
    if (context().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("store", store.toString());
      json.put("shards", index.shards().size());
      json.put("flows", index.flows());
      json.put("packets", index.packets());
      json.put("bytes", index.bytes());
      context().print(Json.pretty(json).stripTrailing());
    } else {
      context()
          .print(
              "%s: whole; %s, %s, %s, %,.1f MiB"
                  .formatted(
                      store,
                      Quantity.of(index.shards().size(), "shard"),
                      Quantity.of(index.flows(), "flow"),
                      Quantity.of(index.packets(), "stored packet"),
                      index.bytes() / MIB));
    }
    return ExitCode.OK;
  }
}
