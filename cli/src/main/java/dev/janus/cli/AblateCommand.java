package dev.janus.cli;

import dev.janus.cli.config.AblationGrid;
import dev.janus.cli.config.AblationGridReader;
import dev.janus.cli.report.AblationReport;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code janus ablate}: a grid of configurations, trained, evaluated and compared. */
@Command(
    name = "ablate",
    description =
        "Train and evaluate every variant of a configuration that a grid names, with every seed, and"
            + " make one table of them. Started again, the command skips what is done and goes on"
            + " with a training that was interrupted; with nothing left to do it makes the table"
            + " anew.",
    footer = {
      "  janus ablate configs/ablations/testbed-a.yaml --data data/a --out ablation/a --dry-run",
      "  janus ablate configs/ablations/testbed-a.yaml --data data/a --out ablation/a",
      "  janus ablate configs/ablations/testbed-a.yaml --data data/a --out ablation/a \\",
      "      --seeds 42 --json > ablation.json"
    })
final class AblateCommand extends JanusCommand {
  @Mixin private TrafficOptions traffic = new TrafficOptions();

  @Parameters(
      paramLabel = "GRID",
      description = "YAML file of the variants; see configs/ablations.")
  private Path grid = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that extract wrote.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder for VARIANT/seedN/model and result, ablation.md and ablation.json; made if missing.")
  private Path out = Path.of("");

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      description = "Seeds in place of the grid's, e.g. 42,43,44.")
  private List<Long> seeds = new ArrayList<>();

  @Option(names = "--dry-run", description = "Say what there is to do, and do nothing.")
  private boolean dryRun;

  AblateCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    AblationGrid variants = AblationGridReader.read(grid);
    AblationPlan plan = AblationPlan.of(variants, seeds, out);
    if (dryRun) {
      print(plan);
      return ExitCode.OK;
    }
    AblationJob job = new AblationJob(variants, plan, data, out, traffic.flowsPerDay());
    AblationReport report = job.run(context());
    if (context().json()) {
      context().print(Json.pretty(report.json(context().build().toString())).stripTrailing());
    } else {
      report.lines().forEach(context()::print);
      context().print("");
      context().print("Table in " + out.resolve(AblationJob.MARKDOWN_FILE));
    }
    if (!report.failed().isEmpty()) {
      throw new CliException(
          ExitCode.DATA,
          "%,d of %,d cells failed: %s; the same command tries them again"
              .formatted(
                  report.failed().size(),
                  plan.cells().size(),
                  String.join("; ", report.failed().keySet())));
    }
    return ExitCode.OK;
  }

  private void print(AblationPlan plan) {
    plan.requireOwn(data);
    if (context().json()) {
      context().print(Json.pretty(json(plan)).stripTrailing());
      return;
    }
    TextTable table = new TextTable("variant", "seed", "state", "changed");
    for (AblationCell cell : plan.cells()) {
      table.row(
          cell.variant(),
          Long.toString(cell.seed()),
          cell.state().label(),
          String.join(", ", cell.changes()));
    }
    table.lines().forEach(context()::print);
    plan.repeated()
        .forEach((name, other) ->
            context().print("%s is the same configuration as %s.".formatted(name, other)));
  }

  private static Map<String, Object> json(AblationPlan plan) {
    List<Map<String, Object>> cells = new ArrayList<>();
    for (AblationCell cell : plan.cells()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("variant", cell.variant());
      json.put("seed", cell.seed());
      json.put("state", cell.state().label());
      json.put("folder", cell.folder().toString());
      json.put("changed", cell.changes());
      cells.add(json);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cells", cells);
    json.put("repeated", plan.repeated());
    return json;
  }
}
