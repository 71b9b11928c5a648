package dev.janus.cli;

import dev.janus.baselines.Controls;
import dev.janus.baselines.Detector;
import dev.janus.cli.baseline.ControlResult;
import dev.janus.cli.baseline.ControlRun;
import dev.janus.cli.baseline.ControlSummary;
import dev.janus.cli.baseline.ControlTables;
import dev.janus.cli.config.RunConfigReader;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.NearestWord;
import dev.janus.cli.terminal.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code janus baseline}: cheap controls on the flows and the split of a model. */
@Command(
    name = "baseline",
    description =
        "Fit a cheap control on the benign training flows of a configuration's split, calibrate it"
            + " on the validation flows and evaluate it on the tested ones: what JANUS has to beat."
            + " Uses all cores, whose number changes no result. Writes metrics.json, scores.npz and"
            + " config.resolved.yaml; for 'all', into one folder per control, with comparison.json"
            + " beside them.",
    footer = {
      "  janus baseline --list",
      "  janus baseline all --config configs/testbed-a_seed42.yaml --data data/a \\",
      "      --out controls/a",
      "  janus baseline knn5 --config configs/testbed-a_seed42.yaml --data data/a \\",
      "      --target data/c --out controls/a-c-knn5 --json"
    })
final class BaselineCommand extends JanusCommand {
  private static final String ALL = "all";

  @Mixin private TrafficOptions traffic = new TrafficOptions();

  @Parameters(paramLabel = "NAME", description = "A control that --list names, or 'all'.")
  private String name = "";

  @Option(names = "--list", help = true, description = "Name the controls and their scores.")
  private boolean list;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "YAML",
      description = "Run configuration, as for train; split, benign labels and seed count.")
  private Path config = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a configuration key, e.g. seed=43; repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that extract wrote.")
  private Path data = Path.of("");

  @Option(
      names = "--target",
      paramLabel = "DIR",
      description =
          "Folder that extract wrote for another network: every labelled flow of it is tested"
              + " instead, as by eval-cross.")
  private Optional<Path> target = Optional.empty();

  @Option(
      names = "--benign-label",
      paramLabel = "LABEL",
      description =
          "Label that counts as benign in --target; repeatable (default: as in training).")
  private List<String> benignLabels = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results; made if missing, earlier results are replaced.")
  private Path out = Path.of("");

  BaselineCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    if (list) {
      printList();
      return ExitCode.OK;
    }
    List<Detector> detectors = detectors();
    if (target.isEmpty() && !benignLabels.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE,
          "--benign-label goes with --target; of --data the configuration's benign_labels count");
    }
    ControlRun run =
        new ControlRun(
            RunConfigReader.read(config, overrides),
            data,
            target,
            Set.copyOf(benignLabels),
            out,
            traffic.flowsPerDay());
    if (name.equals(ALL)) {
      compare(run, detectors);
    } else {
      evaluate(run, detectors.getFirst());
    }
    return ExitCode.OK;
  }

  private List<Detector> detectors() {
    if (name.equals(ALL)) {
      return Controls.all();
    }
    Detector detector =
        Controls.named(name)
            .orElseThrow(() ->
                new CliException(
                    ExitCode.USAGE, "there is no control '%s'; %s".formatted(name, hint())));
    return List.of(detector);
  }

  private String hint() {
    List<String> known = new ArrayList<>(Controls.names());
    known.add(ALL);
    return NearestWord.nearest(name, known)
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(() -> "choose one of " + String.join(", ", known));
  }

  private void printList() {
    if (context().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      Controls.all().forEach(control -> json.put(control.name(), control.description()));
      context().print(Json.pretty(json).stripTrailing());
      return;
    }
    TextTable table = new TextTable("control", "score of a flow");
    Controls.all().forEach(control -> table.row(control.name(), control.description()));
    table.lines().forEach(context()::print);
  }

  private void evaluate(ControlRun run, Detector detector) {
    String build = context().build().toString();
    ControlResult result = run.one(detector, context().terminal(), context().interruption(), build);
    if (context().json()) {
      context().print(Json.pretty(result.json(run, build)).stripTrailing());
      return;
    }
    ControlTables.classes(result).forEach(context()::print);
    printComparison(List.of(result.summary()));
  }

  private void compare(ControlRun run, List<Detector> detectors) {
    String build = context().build().toString();
    List<ControlSummary> results =
        run.several(detectors, context().terminal(), context().interruption(), build);
    if (context().json()) {
      context().print(Json.pretty(run.comparison(results, build)).stripTrailing());
      return;
    }
    printComparison(results);
  }

  private void printComparison(List<ControlSummary> results) {
    if (results.size() == 1) {
      context().print("");
    }
    ControlTables.comparison(results).forEach(context()::print);
    context().print("");
    context().print("Results in " + out);
  }
}
