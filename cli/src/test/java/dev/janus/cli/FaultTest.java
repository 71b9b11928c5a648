package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import dev.janus.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What nobody foresaw is still one line and an exit code. */
final class FaultTest {
  @Test
  void anErrorOfTheJvmIsOneLine() {
    String said = run("--version");
    assertThat(said.lines()).hasSize(1);
    assertThat(said).startsWith("janus: internal error: AssertionError: broken");
  }

  @Test
  void anErrorOfTheJvmHasItsTraceWithDebug() {
    assertThat(run("--version", "--debug")).contains("\tat dev.janus");
  }

  /** Runs a command whose output fails in a way that no code expects. */
  private static String run(String... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new AssertionError("broken");
          }
        };
    Terminal terminal =
        new Terminal(
            new PrintStream(broken, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.Screen.PLAIN);
    int code = JanusCli.execute(terminal, new Interruption(), args);
    assertThat(code).isEqualTo(ExitCode.INTERNAL.code());
    return err.toString(StandardCharsets.UTF_8);
  }
}
