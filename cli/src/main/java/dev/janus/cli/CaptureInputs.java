package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.Quantity;
import dev.janus.cli.terminal.Terminal;
import dev.janus.contract.capture.CaptureReader;
import dev.janus.contract.capture.CaptureSelection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The captures a command line names. */
final class CaptureInputs {
  private static final int NAMES_SHOWN = 5;

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
  private static void saySkipped(List<CaptureSelection.Skipped> all, Terminal terminal) {
    all.stream()
        .filter(CaptureSelection.Skipped::unreadable)
        .forEach(file ->
            terminal.warn("janus: warning: %s: %s; skipped".formatted(file.path(), file.reason())));
    List<CaptureSelection.Skipped> skipped =
        all.stream().filter(file -> !file.unreadable()).toList();
    if (skipped.isEmpty()) {
      return;
    }
    if (terminal.verbosity() == Terminal.Verbosity.DEBUG) {
      skipped.forEach(file -> terminal.say("skipped " + file.path() + ": " + file.reason()));
      return;
    }
    List<String> names =
        skipped.stream()
            .limit(NAMES_SHOWN)
            .map(file -> String.valueOf(file.path().getFileName()))
            .toList();
    terminal.say(
        "%s skipped: %s%s"
            .formatted(
                Quantity.of(skipped.size(), "file")
                    + Quantity.word(
                        skipped.size(), " is no capture and was", " are no captures and were"),
                String.join(", ", names),
                skipped.size() > NAMES_SHOWN ? ", ..." : ""));
  }
}
