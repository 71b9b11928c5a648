package dev.janus.bench.command;

import dev.janus.bench.duel.Effort;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Machine;
import dev.janus.bench.table.MarkdownTable;
import dev.janus.bench.table.Report;
import dev.janus.bench.table.Row;
import dev.janus.cli.ProductBuild;
import dev.janus.contract.OutputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code janus bench}: measures, prints the table and writes {@code bench.json}. */
@Command(
    name = "janus bench",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Compares the engine with the libraries a user would otherwise pick, side by side on this"
          + " machine: prints a table and writes "
          + Report.FILE
          + ".",
      "Each group runs in a JVM of its own. Leave the machine alone meanwhile."
    },
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  janus bench --quick                    a few minutes",
      "  janus bench                            everything, for figures to be quoted",
      "  janus bench --only sgemm,gradients     these groups only",
      "  janus bench --list                     the groups",
      "  bin/bench jmh 'Products.*Vector'       the JMH benchmarks of single operators",
      "",
      "bench/README.md says what each row measures. Exit codes: 0 done, also with missed bars and",
      "missing peers; 64 wrong usage; 70 a group could not be run; 73 "
          + Report.FILE
          + " cannot be",
      "written; 130 interrupted, nothing written."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int GROUP_FAILED = 70;
  private static final int NOT_WRITTEN = 73;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--quick", description = "Short rounds and fewer shapes: a few minutes in all.")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "GROUP",
      description = "Only these groups; see --list.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for " + Report.FILE + "; default: this one.")
  private Path out = Path.of(".");

  @Option(names = "--list", description = "Show the groups and end.")
  private boolean list;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  private BenchCommand() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BenchCommand())
            .setExitCodeExceptionMapper(e -> 70)
            .setParameterExceptionHandler(BenchCommand::usageError)
            .execute(args));
  }

  private static int usageError(ParameterException e, String[] args) {
    System.err.println("janus bench: " + e.getMessage() + "; see janus bench --help");
    return 64;
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      Groups.all().forEach(g -> System.out.printf("%-14s %s%n", g.name(), g.summary()));
      return 0;
    }
    List<Group> groups = selected();
    List<Row> rows = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Group group : groups) {
      run(group, rows, failures);
    }
    Report report =
        new Report(
            Machine.current(),
            LocalDate.now(),
            ProductBuild.read().commit(),
            effort().name().toLowerCase(Locale.ROOT),
            rows);
    System.out.print(MarkdownTable.of(report));
    try {
      System.err.println("bench: wrote " + report.write(out));
    } catch (OutputException | IOException e) {
      System.err.println("bench: " + out.resolve(Report.FILE) + " not written: " + e.getMessage());
      return NOT_WRITTEN;
    }
    failures.forEach(failure -> System.err.println("bench: " + failure));
    return failures.isEmpty() ? 0 : GROUP_FAILED;
  }

  private void run(Group group, List<Row> rows, List<String> failures) throws IOException {
    long start = System.nanoTime();
    System.err.printf("bench: %s: %s%n", group.name(), group.summary());
    GroupProcess.Outcome outcome =
        GroupProcess.run(
            group, effort(), line -> System.err.printf("bench: %s: %s%n", group.name(), line));
    rows.addAll(outcome.rows());
    System.err.printf(
        "bench: %s: %d rows in %.0f s%n",
        group.name(), outcome.rows().size(), (System.nanoTime() - start) / 1e9);
    if (!outcome.failure().isEmpty()) {
      failures.add("group " + group.name() + " failed (" + outcome.failure() + "), see above");
    }
  }

  private Effort effort() {
    return quick ? Effort.QUICK : Effort.FULL;
  }

  private List<Group> selected() {
    if (only.isEmpty()) {
      return Groups.all().stream().filter(group -> !quick || group.isInQuickMode()).toList();
    }
    for (String name : only) {
      if (Groups.named(name).isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "there is no group '" + name + "'; groups: " + String.join(", ", Groups.names()));
      }
    }
    return Groups.all().stream().filter(group -> only.contains(group.name())).toList();
  }
}
