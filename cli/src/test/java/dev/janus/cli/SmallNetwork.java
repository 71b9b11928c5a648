package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Labelled flows of the captures in the repository, and a network on them that takes seconds. */
final class SmallNetwork {
  private SmallNetwork() {}

  /** Extracts the flows to {@code data}. */
  static void extract(Path data) {
    Path captures = CliRun.HOME.resolve("examples/testbed-c");
    CliRun run =
        CliRun.of(
            "extract",
            "--pcap",
            captures,
            "--dataset",
            CliRun.HOME.resolve("configs/datasets/testbed-c.yaml"),
            "--labels",
            captures,
            "--out",
            data);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
  }

  /** Writes a configuration to train by. */
  static Path config(Path folder, int steps) throws IOException {
    return Files.writeString(
        folder.resolve("run.yaml"),
        """
        dataset: testbed-c
        model: {d_model: 16, n_layers: 1, n_heads: 2}
        training: {steps: %d, batch_size: 16}
        scoring: {ode_steps: 1}
        """
            .formatted(steps));
  }
}
