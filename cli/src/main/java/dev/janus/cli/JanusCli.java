package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import dev.janus.cli.terminal.LogRouter;
import dev.janus.cli.terminal.StandardOutput;
import dev.janus.cli.terminal.Terminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Entry point of the {@code janus} command. */
public final class JanusCli {
  private JanusCli() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers look the same on every machine
    PrintStream err = standardError();
    System.setErr(err);
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new StandardOutput(new FileOutputStream(FileDescriptor.out))),
            false,
            StandardCharsets.UTF_8);
    Terminal.Screen screen =
        Boolean.getBoolean("janus.interactive")
            ? Terminal.Screen.INTERACTIVE
            : Terminal.Screen.PLAIN;
    Terminal terminal = new Terminal(out, err, screen);
    LogRouter.install(terminal);
    Interruption interruption = new Interruption();
    interruption.install();
    int code;
    try {
      code = execute(terminal, interruption, args);
    } finally {
      interruption.finish(); // or a stop signal would wait for a command that has ended
    }
    System.exit(code);
  }

  /**
   * Runs one command in this JVM.
   *
   * @param terminal where data and messages go
   * @param interruption how to stop it early
   * @param args arguments as on the command line
   * @return the exit code, see {@link ExitCode}
   */
  public static int execute(Terminal terminal, Interruption interruption, String... args) {
    try {
      CommandContext context = new CommandContext(terminal, interruption, ProductBuild.read());
      int code = RootCommand.commandLine(context, args).execute(args);
      terminal.out().flush();
      return code;
    } catch (Throwable e) { // an Error too is one line and an exit code
      return ErrorReport.print(e, terminal).code();
    }
  }

  /**
   * The launcher keeps the JVM's own stderr apart, to drop a start-up warning nobody can act on,
   * and says where the real one is.
   */
  private static PrintStream standardError() {
    String path = System.getProperty("janus.stderr", "");
    if (!path.isEmpty()) {
      try {
        return new PrintStream(new FileOutputStream(path, true), true, StandardCharsets.UTF_8);
      } catch (IOException e) {
        return System.err;
      }
    }
    return System.err;
  }
}
