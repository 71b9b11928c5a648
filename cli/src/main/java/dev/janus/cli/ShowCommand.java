package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.show.ArtifactView;
import dev.janus.cli.show.ShowFormat;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code janus show}: any file the product writes, as rows. */
@Command(
    name = "show",
    description =
        "Show a file the product writes: npz, parquet, safetensors, json, jsonl, csv, yaml.",
    footer = {
      "  janus show data/a/flows.parquet",
      "  janus show results/a42/phase1_scores.npz --format csv > scores.csv",
      "  janus show models/a42/model.safetensors"
    })
final class ShowCommand extends JanusCommand {
  private static final long TABLE_ROWS = 20;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or jsonl (default: table, or jsonl with --json).")
  private Optional<ShowFormat> format = Optional.empty();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows at most; 0 for all (default: 20 in a table, else all).")
  private Optional<Long> rows = Optional.empty();

  ShowCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    if (rows.isPresent() && rows.get() < 0) {
      throw new CliException(ExitCode.USAGE, "--rows must be 0 or more, not " + rows.get());
    }
    ShowFormat chosen = format.orElse(context().json() ? ShowFormat.JSONL : ShowFormat.TABLE);
    long limit = rows.orElse(chosen == ShowFormat.TABLE ? TABLE_ROWS : 0);
    InputFiles.requireFile(file);
    ArtifactView.of(file)
        .print(
            chosen,
            limit == 0 ? Long.MAX_VALUE : limit,
            context()::print,
            context().terminal()::say);
    return ExitCode.OK;
  }
}
