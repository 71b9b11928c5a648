package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.artifact.SelectedFlows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code janus store merge}: several data sets as one store. */
@Command(
    name = "merge",
    description =
        "Put the flows of data sets, stores or not, one behind the other into a new store. The"
            + " data sets stay as they are.",
    footer = {
      "  janus store merge data/mon data/tue --out data/week",
      "  janus store merge sites/a sites/b --prefix-captures --out data/both",
      "  janus store merge data/pieces/* --same-captures --out data/week",
      "  janus store merge data/arrays --out data/same-as-store"
    })
final class StoreMergeCommand extends JanusCommand {
  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders of data sets.")
  private List<Path> sources = new ArrayList<>();

  @Option(
      names = "--prefix-captures",
      description =
          "Name captures FOLDER/CAPTURE, for data sets whose captures have the same names.")
  private boolean prefix;

  @Option(
      names = "--same-captures",
      description =
          "Captures of one name are one capture, whose flows store split has put into several data"
              + " sets. A conversation that was cut into pieces, and those into different data sets,"
              + " stays parted.")
  private boolean same;

  @Mixin private StoreTarget target = new StoreTarget();

  StoreMergeCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    if (prefix && same) {
      throw new CliException(
          ExitCode.USAGE,
          "--prefix-captures makes names differ that --same-captures takes for one; give either");
    }
    for (Path source : sources) {
      target.requireApartFrom(source);
    }
    List<SelectedFlows.Selection> selections = new ArrayList<>();
    for (Path source : sources) {
      FlowDataset dataset = FlowDataset.read(InputFiles.requireData(source));
      selections.add(
          new SelectedFlows.Selection(
              dataset, IntStream.range(0, dataset.size()).toArray(), captureName(source)));
    }
    SelectedFlows flows =
        new SelectedFlows(
            selections,
            same ? SelectedFlows.SameNames.ONE_CAPTURE : SelectedFlows.SameNames.DIFFERENT);
    if (flows.size() == 0) {
      throw new CliException(ExitCode.DATA, sources.getFirst() + ": holds no flow to merge");
    }
    target.write(context(), target.out(), flows);
    return ExitCode.OK;
  }

  private UnaryOperator<String> captureName(Path source) {
    if (!prefix) {
      return UnaryOperator.identity();
    }
    Path folder = source.toAbsolutePath().normalize().getFileName();
    return name -> Objects.toString(folder, "") + "/" + name;
  }
}
