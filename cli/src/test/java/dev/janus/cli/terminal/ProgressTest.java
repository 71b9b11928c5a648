package dev.janus.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong();

  @Test
  void aPipeGetsOneLineEveryFiveSeconds() {
    run(Terminal.Screen.PLAIN, Terminal.Verbosity.NORMAL);
    assertThat(text()).isEqualTo("at 5\nat 10\ndone\n");
  }

  @Test
  void aScreenGetsOneLineThatIsRewrittenAndRemoved() {
    run(Terminal.Screen.INTERACTIVE, Terminal.Verbosity.NORMAL);
    assertThat(text()).contains("\rat 1\u001b[K\rat 2\u001b[K").endsWith("\r\u001b[Kdone\n");
    assertThat(text().chars().filter(c -> c == '\n').count()).isEqualTo(1);
  }

  @Test
  void quietPrintsNothing() {
    run(Terminal.Screen.PLAIN, Terminal.Verbosity.QUIET);
    assertThat(text()).isEmpty();
  }

  private void run(Terminal.Screen screen, Terminal.Verbosity verbosity) {
    PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(err, err, screen);
    terminal.verbosity(verbosity);
    try (Progress progress = new Progress(terminal, screen, clock::get)) {
      for (int second = 1; second <= 12; second++) {
        clock.set(second * SECOND);
        int now = second;
        progress.update(() -> "at " + now);
      }
    }
    terminal.say("done");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
