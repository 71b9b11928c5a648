package dev.janus.cli;

import dev.janus.score.VerdictName;
import picocli.CommandLine.Option;

/** Which verdict an evaluation is of. */
final class VerdictOptions {
  @Option(
      names = "--verdict",
      paramLabel = "WHICH",
      description =
          "What the figures are of: fused, d2 (the ten scores alone) or hidden (the hidden state"
              + " alone); the others stand beside it (default: fused).")
  private VerdictName verdict = VerdictName.DEFAULT;

  VerdictName name() {
    return verdict;
  }
}
