package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import dev.janus.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One command run in this JVM.
 *
 * @param code its exit code
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record CliRun(int code, String out, String err) {
  /** The checkout, with configs and examples. */
  static final Path HOME = Path.of(System.getProperty("janus.testdata", "")).resolveSibling(".");

  static CliRun of(Object... args) {
    return of(new Interruption(), args);
  }

  static CliRun of(Interruption interruption, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(stream(out), stream(err), Terminal.Screen.PLAIN);
    String[] texts = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    int code = JanusCli.execute(terminal, interruption, texts);
    return new CliRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  boolean ended(ExitCode expected) {
    return code == expected.code();
  }

  List<String> errorLines() {
    return err.lines().toList();
  }

  List<String> outputLines() {
    return out.lines().toList();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
