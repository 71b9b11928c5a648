package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code janus report}: evaluations as one page, and as tables to paste. */
@Command(
    name = "report",
    description =
        "Make one page of evaluations, of models and controls, that needs nothing but itself:"
            + " figures of all runs with mean and worst over seeds, settings in which they differ,"
            + " curves, histograms, calibration, training and the top alarms packet by packet.",
    footer = {
      "  janus report results/a42",
      "  janus report results/a42 results/a43 results/a44 --out a.html --markdown a.md",
      "  janus report results/ --data data/a --json > headline.json",
      "  janus report controls/a results/a42"
    })
final class ReportCommand extends JanusCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description =
          "Folder that eval, eval-cross or baseline wrote, or one with such folders below it, four"
              + " deep at most.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page; replaces FILE (default: ${DEFAULT-VALUE}).",
      defaultValue = "janus-report.html")
  private Path out = Path.of("");

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Also write the tables as Markdown; replaces FILE.")
  private Optional<Path> markdown = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of the flows that were evaluated, for the packets of the top alarms (default: the"
              + " one that each run names, seen from here or else from the run's folder).")
  private Optional<Path> data = Optional.empty();

  ReportCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    new ReportJob(runs, data, out, markdown).run(context());
    return ExitCode.OK;
  }
}
