package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.NearestWord;
import dev.janus.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code janus} itself: global options and the list of commands. */
@Command(
    name = "janus",
    header = "JANUS learns a network's benign traffic and scores every flow by how far it strays.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    usageHelpAutoWidth = true,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions of every command:%n",
    footerHeading = "%nStart with:%n",
    footer = {
      "  janus demo                 the whole chain on a bundled capture",
      "  janus COMMAND --help       options and examples of a command",
      "",
      "Exit codes: 0 done, 64 wrong usage, 65 bad input data, 66 no such input,",
      "  69 not available here, 70 internal error, 73 output cannot be written, 130 interrupted."
    })
final class RootCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show help.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      description = "Show version and commit.")
  private boolean version;

  private RootCommand(CommandContext context) {
    this.context = context;
  }

  /**
   * The parser for {@code args}: with the one command they begin with, or with all of them when
   * they begin with anything else. To read the options of a command takes a cold JVM tens of
   * milliseconds.
   */
  static CommandLine commandLine(CommandContext context, String... args) {
    CommandLine root = new CommandLine(new RootCommand(context));
    Map<String, Supplier<?>> all = commands(context);
    if (args.length > 0 && all.containsKey(args[0])) {
      all.keySet().retainAll(Set.of(args[0]));
    }
    all.forEach((name, command) -> root.addSubcommand(name, command.get()));
    Terminal terminal = context.terminal();
    root.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    root.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setParameterExceptionHandler((e, given) -> usageError(e, terminal));
    root.setExecutionExceptionHandler(
        (e, command, parsed) -> ErrorReport.print(e, terminal).code());
    return root;
  }

  private static Map<String, Supplier<?>> commands(CommandContext context) {
    Map<String, Supplier<?>> commands = new LinkedHashMap<>();
    commands.put("download", () -> new DownloadCommand(context));
    commands.put("inspect", () -> new InspectCommand(context));
    commands.put("extract", () -> new ExtractCommand(context));
    commands.put("labels", () -> LabelsCommand.tree(context));
    commands.put("store", () -> StoreCommand.tree(context));
    commands.put("features", () -> new FeaturesCommand(context));
    commands.put("train", () -> new TrainCommand(context));
    commands.put("eval", () -> new EvalCommand(context));
    commands.put("eval-cross", () -> new EvalCrossCommand(context));
    commands.put("eval-compare", () -> new EvalCompareCommand(context));
    commands.put("ablate", () -> new AblateCommand(context));
    commands.put("report", () -> new ReportCommand(context));
    commands.put("baseline", () -> new BaselineCommand(context));
    commands.put("score", () -> new ScoreCommand(context));
    commands.put("explain", () -> new ExplainCommand(context));
    commands.put("show", () -> new ShowCommand(context));
    commands.put("demo", () -> new DemoCommand(context));
    commands.put("doctor", () -> new DoctorCommand(context));
    commands.put("rehearse", () -> new RehearseCommand(context));
    return commands;
  }

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      order = 900,
      description = "Only warnings and errors on stderr.")
  void quiet(boolean on) {
    if (on) {
      context.terminal().verbosity(Terminal.Verbosity.QUIET);
    }
  }

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      order = 901,
      description = "Library logs and stack traces on stderr.")
  void debug(boolean on) {
    if (on) {
      context.terminal().verbosity(Terminal.Verbosity.DEBUG);
    }
  }

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      order = 902,
      description = "Print results as JSON instead of tables.")
  void json(boolean on) {
    if (on) {
      context.printJson();
    }
  }

  @Override
  public Integer call() {
    if (version) {
      context.print("janus " + context.build());
      return ExitCode.OK.code();
    }
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int usageError(ParameterException e, Terminal terminal) {
    CommandLine command = e.getCommandLine();
    terminal.warn(
        "janus: "
            + message(e, command)
            + " (see '"
            + command.getCommandSpec().qualifiedName()
            + " --help')");
    if (terminal.verbosity() == Terminal.Verbosity.DEBUG) {
      terminal.trace(e);
    }
    return ExitCode.USAGE.code();
  }

  private static Set<String> visibleCommands(CommandLine command) {
    return command.getSubcommands().entrySet().stream()
        .filter(named -> !named.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** A misspelt option leaves a required one missing: the misspelling is what to tell. */
  private static String message(ParameterException e, CommandLine command) {
    List<String> unmatched =
        e instanceof UnmatchedArgumentException unknown
            ? unknown.getUnmatched()
            : e instanceof MissingParameterException ? command.getUnmatchedArguments() : List.of();
    if (unmatched.isEmpty()) {
      return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
    }
    String word = unmatched.getFirst();
    Set<String> known =
        word.startsWith("-")
            ? command.getCommandSpec().optionsMap().keySet()
            : visibleCommands(command);
    return (word.startsWith("-") ? "unknown option '" : "unexpected argument '")
        + word
        + "'"
        + NearestWord.nearest(word, known).map(near -> "; did you mean '" + near + "'?").orElse("");
  }
}
