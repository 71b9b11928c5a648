package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import dev.janus.cli.terminal.StandardOutput;
import dev.janus.cli.terminal.Terminal;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody foresaw is still one line and an exit code. */
final class FaultTest {
  @Test
  void anErrorOfTheJvmIsOneLine() {
    Ending ending = run(brokenBy(new AssertionError("broken")), "--version");
    assertThat(ending.code()).isEqualTo(ExitCode.INTERNAL.code());
    assertThat(ending.err().lines()).hasSize(1);
    assertThat(ending.err()).startsWith("janus: internal error: AssertionError: broken");
  }

  @Test
  void anErrorOfTheJvmHasItsTraceWithDebug() {
    Ending ending = run(brokenBy(new AssertionError("broken")), "--version", "--debug");
    assertThat(ending.err()).contains("\tat dev.janus");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "doctor"})
  void aReaderThatHasSeenEnoughIsNoFault(String command) {
    Ending ending = run(new StandardOutput(brokenBy(new IOException("Broken pipe"))), command);
    assertThat(ending.err()).isEmpty();
    assertThat(ending.code()).isZero();
  }

  @Test
  void aFullDiskBehindStandardOutputIsAFault() {
    Ending ending =
        run(new StandardOutput(brokenBy(new IOException("No space left on device"))), "doctor");
    assertThat(ending.code()).isEqualTo(ExitCode.CANNOT_CREATE.code());
    assertThat(ending.err())
        .isEqualTo("janus: standard output cannot be written (No space left on device)\n");
  }

  private record Ending(int code, String err) {}

  private static Ending run(OutputStream out, String... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(new BufferedOutputStream(out), false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.Screen.PLAIN);
    int code = JanusCli.execute(terminal, new Interruption(), args);
    return new Ending(code, err.toString(StandardCharsets.UTF_8));
  }

  private static OutputStream brokenBy(Throwable fault) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        if (fault instanceof IOException io) {
          throw io;
        }
        throw (Error) fault;
      }
    };
  }
}
