package dev.janus.cli;

import dev.janus.cli.extraction.WorkFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.StoreWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How an extraction works and what it leaves. */
final class ExtractionOptions {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmg]?)");

  /** Forms of the result, as they are written on the command line. */
  enum Form {
    npz,
    store
  }

  @Option(
      names = "--layout",
      paramLabel = "FORM",
      description =
          "npz: packets.npz and two tables, read whole by training. store: full_store, packed shards"
              + " that are read in place, for more flows than memory holds (default"
              + " ${DEFAULT-VALUE}).")
  private Form layout = Form.npz;

  @Option(
      names = "--shard-flows",
      paramLabel = "N",
      description = "Flows of a shard of the store (default ${DEFAULT-VALUE}).")
  private int shardFlows = StoreWriter.DEFAULT_SHARD_FLOWS;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Captures read at a time (default: one for each core).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Memory for open flows of all captures that are read at a time, e.g. 512m or 4g; sets"
              + " --max-flows.")
  private Optional<String> memory = Optional.empty();

  @Option(
      names = "--resume",
      description =
          "Go on with an extraction that was interrupted or killed: captures that were read whole"
              + " are not read again.")
  private boolean resume;

  @Option(
      names = "--overwrite",
      description = "Replace a result, or what an interrupted extraction left, in DIR.")
  private boolean overwrite;

  ExtractionJob.Layout layout() {
    if (shardFlows < 1) {
      throw new CliException(ExitCode.USAGE, "--shard-flows must be at least 1, not " + shardFlows);
    }
    return layout == Form.npz
        ? new ExtractionJob.Layout.Arrays()
        : new ExtractionJob.Layout.Shards(shardFlows);
  }

  int jobs() {
    if (jobs < 1) {
      throw new CliException(ExitCode.USAGE, "--jobs must be at least 1, not " + jobs);
    }
    return jobs;
  }

  WorkFolder.Start start() {
    if (resume && overwrite) {
      throw new CliException(
          ExitCode.USAGE, "--resume and --overwrite contradict each other; give one of them");
    }
    if (overwrite) {
      return WorkFolder.Start.ANEW;
    }
    return resume ? WorkFolder.Start.RESUMED : WorkFolder.Start.FRESH;
  }

  /** Memory for the open flows of all captures that are read at a time, if it was given. */
  Optional<Long> memoryBytes() {
    return memory.map(ExtractionOptions::bytes);
  }

  private static long bytes(String text) {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new CliException(
          ExitCode.USAGE, "--memory: \"" + text + "\" is no size; write 512m or 4g");
    }
    int shift =
        switch (size.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
    return Long.parseLong(size.group(1)) << shift;
  }
}
