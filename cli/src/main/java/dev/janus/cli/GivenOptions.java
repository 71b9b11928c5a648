package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Which options stand on the command line, to refuse those that would have no effect. */
final class GivenOptions {
  private final CommandSpec spec;

  private GivenOptions(CommandSpec spec) {
    this.spec = spec;
  }

  /** Those of a command that was parsed. */
  static GivenOptions of(CommandSpec spec) {
    return new GivenOptions(spec);
  }

  boolean has(String option) {
    ParseResult parsed = spec.commandLine().getParseResult();
    return parsed != null && parsed.hasMatchedOption(option);
  }

  /**
   * Refuses an option.
   *
   * @param reason why it would have no effect, and what to do
   */
  void refuse(String option, String reason) {
    if (has(option)) {
      throw new CliException(ExitCode.USAGE, option + " " + reason);
    }
  }

  /**
   * Refuses every option of some groups.
   *
   * @param groups names of the fields with the groups
   */
  void refuseAll(List<String> groups, String reason) {
    Optional<String> given =
        spec.mixins().entrySet().stream()
            .filter(mixin -> groups.contains(mixin.getKey()))
            .flatMap(mixin -> mixin.getValue().options().stream())
            .map(OptionSpec::longestName)
            .filter(this::has)
            .findFirst();
    given.ifPresent(option -> refuse(option, reason));
  }
}
