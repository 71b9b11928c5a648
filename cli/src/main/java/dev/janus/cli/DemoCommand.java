package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code janus demo}: the whole chain on the bundled captures. */
@Command(
    name = "demo",
    description =
        "Extract, train, evaluate and score the bundled captures, saying what each step does. Takes"
            + " a few minutes; earlier results of the demo are replaced.",
    footer = {"  janus demo", "  janus demo --out /tmp/demo"})
final class DemoCommand extends JanusCommand {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for everything the demo writes (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("janus-demo");

  DemoCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    new DemoJob(DemoJob.installation(), out).run(context());
    return ExitCode.OK;
  }
}
