package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.artifact.SelectedFlows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code janus store split}: one data set as several stores. */
@Command(
    name = "split",
    description =
        "Write the flows of a data set as several stores, each in a folder of its own. The data set"
            + " stays as it is.",
    footer = {
      "  janus store split data/week --by capture --out data/days",
      "  janus store split data/week --by label --out data/classes",
      "  janus store split data/week --flows 1000000 --out data/pieces"
    })
final class StoreSplitCommand extends JanusCommand {
  /** What the flows of a part have in common. */
  enum By {
    capture,
    label
  }

  @Parameters(paramLabel = "DIR", description = "Folder of a data set, or of a store itself.")
  private Path data = Path.of("");

  @Option(names = "--by", paramLabel = "KIND", description = "A store for each capture or label.")
  private Optional<By> by = Optional.empty();

  @Option(names = "--flows", paramLabel = "N", description = "A store for every N flows.")
  private Optional<Integer> count = Optional.empty();

  @Mixin private StoreTarget target = new StoreTarget();

  StoreSplitCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    if (by.isPresent() == count.isPresent()) {
      throw new CliException(ExitCode.USAGE, "give either --by or --flows");
    }
    if (count.isPresent() && count.get() < 1) {
      throw new CliException(ExitCode.USAGE, "--flows must be at least 1, not " + count.get());
    }
    target.requireApartFrom(data);
    FlowDataset dataset = FlowDataset.read(InputFiles.requireData(data));
    Map<String, IntStream.Builder> parts = new LinkedHashMap<>();
    for (int row = 0; row < dataset.size(); row++) {
      parts.computeIfAbsent(part(dataset, row), name -> IntStream.builder()).add(row);
    }
    Map<String, String> folders = folders(parts.keySet());
    for (Map.Entry<String, IntStream.Builder> part : parts.entrySet()) {
      SelectedFlows.Selection selection =
          new SelectedFlows.Selection(
              dataset, part.getValue().build().toArray(), UnaryOperator.identity());
      target.write(
          context(),
          target.out().resolve(folders.getOrDefault(part.getKey(), part.getKey())),
          new SelectedFlows(List.of(selection)));
    }
    return ExitCode.OK;
  }

  private String part(FlowDataset dataset, int row) {
    if (count.isPresent()) {
      return String.format(Locale.ROOT, "part-%05d", row / count.get());
    }
    return by.orElseThrow() == By.capture
        ? dataset.metadata().capture(row)
        : dataset.metadata().label(row);
  }

  /** One folder for each part, whatever its name holds and however the file system compares. */
  private Map<String, String> folders(Set<String> parts) {
    Map<String, String> folders = new HashMap<>();
    Map<String, String> taken = new HashMap<>();
    for (String part : parts) {
      String folder = part.replaceAll("[/\\\\\\p{Cntrl}]", "_").replaceFirst("^\\.", "_");
      String other = taken.putIfAbsent(folder.toLowerCase(Locale.ROOT), part);
      if (other != null) {
        throw new CliException(
            ExitCode.DATA,
            "%s: '%s' and '%s' would get one folder; split by the other kind, or by --flows"
                .formatted(data, other, part));
      }
      folders.put(part, folder);
    }
    return folders;
  }
}
