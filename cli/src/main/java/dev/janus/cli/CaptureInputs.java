package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.Quantity;
import dev.janus.cli.terminal.Terminal;
import dev.janus.contract.capture.CaptureReader;
import dev.janus.contract.capture.CaptureSelection;
import dev.janus.contract.capture.CaptureSelection.Skipped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The captures a command line names. */
final class CaptureInputs {
  private static final int PATHS_SHOWN = 5;

  private CaptureInputs() {}

  /**
   * Finds them and opens each file once, so that a wrong one is found before the work. A pipe is
   * left alone: what is read from it here would be missing later.
   */
  static CaptureSelection find(List<Path> sources, Terminal terminal) {
    sources.forEach(InputFiles::requirePresent);
    CaptureSelection selection = CaptureSelection.of(sources);
    saySkipped(selection.skipped(), terminal);
    for (Path capture : selection.captures()) {
      if (Files.isRegularFile(capture)) {
        CaptureReader.open(capture).close();
      }
    }
    return selection;
  }

  /** Label files often lie beside captures, so one line is enough; --debug tells why of each. */
  private static void saySkipped(List<Skipped> all, Terminal terminal) {
    for (Skipped.Cause cause : Skipped.Cause.values()) {
      List<Skipped> skipped = all.stream().filter(file -> file.cause() == cause).toList();
      if (skipped.isEmpty()) {
        continue;
      }
      if (cause == Skipped.Cause.UNREADABLE) {
        skipped.forEach(file ->
            terminal.warn("janus: warning: %s: %s; skipped".formatted(file.path(), file.reason())));
      } else if (terminal.verbosity() == Terminal.Verbosity.DEBUG) {
        skipped.forEach(file -> terminal.say("skipped " + file.path() + ": " + file.reason()));
      } else {
        terminal.say(summary(cause, skipped));
      }
    }
  }

  private static String summary(Skipped.Cause cause, List<Skipped> skipped) {
    int count = skipped.size();
    String what =
        switch (cause) {
          case NO_CAPTURE ->
              Quantity.of(count, "file")
                  + Quantity.word(count, " is no capture and was", " are no captures and were")
                  + " skipped";
          case GIVEN_TWICE -> Quantity.of(count, "capture") + " given twice, read once";
          case SEARCHED_OTHERWISE ->
              Quantity.of(count, "link") + " to folders that are searched otherwise skipped";
          case UNREADABLE -> throw new IllegalArgumentException("each is told by itself");
        };
    String paths =
        skipped.stream()
            .limit(PATHS_SHOWN)
            .map(file -> file.path().toString())
            .collect(Collectors.joining(", "));
    return what + ": " + paths + (count > PATHS_SHOWN ? ", ..." : "");
  }
}
