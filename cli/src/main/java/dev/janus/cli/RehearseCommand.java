package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import dev.janus.score.Calibration;
import dev.janus.score.JanusModel;
import dev.janus.score.MahalanobisOas;
import dev.janus.score.ModelFile;
import dev.janus.score.ScoreName;
import dev.janus.score.ScoringConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code janus rehearse}: scores a capture with an untrained network, as a rehearsal of {@code
 * score} while the launcher records which classes a start needs.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description =
        "Score a capture with an untrained network of the usual size. The numbers say nothing; the"
            + " launcher records from it what a start needs.",
    footer = {"  janus rehearse --pcap testdata/captures/tiny.pcap"})
final class RehearseCommand extends JanusCommand {
  private static final ModelConfig NETWORK = ModelConfig.defaults();
  private static final double SIGMA = 0.1;
  private static final int FLOWS_FITTED = 100;

  @Option(names = "--pcap", required = true, paramLabel = "FILE", description = "A small capture.")
  private Path capture = Path.of("");

  RehearseCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    try {
      Path model = Files.createTempFile("janus-rehearsal-", ".safetensors");
      try {
        ModelFile.write(model, untrained());
        String[] score = {"score", "--model", model.toString(), "--pcap", capture.toString()};
        int code = RootCommand.commandLine(context(), score).execute(score);
        return code == ExitCode.OK.code() ? ExitCode.OK : ExitCode.INTERNAL;
      } finally {
        Files.deleteIfExists(model);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JanusModel untrained() {
    double[] precision = new double[ScoreName.COUNT * ScoreName.COUNT];
    for (int k = 0; k < ScoreName.COUNT; k++) {
      precision[k * ScoreName.COUNT + k] = 1;
    }
    double[] distances = new double[FLOWS_FITTED];
    Arrays.setAll(distances, k -> k);
    return new JanusModel(
        NETWORK,
        new JanusNetwork(NETWORK).initialWeights(0),
        new Normalization(
            new double[JanusNetwork.CONTINUOUS],
            ones(JanusNetwork.CONTINUOUS),
            new double[FlowFeature.COUNT],
            ones(FlowFeature.COUNT)),
        ScoringConfig.defaults(SIGMA),
        new MahalanobisOas(new double[ScoreName.COUNT], precision, 0, FLOWS_FITTED),
        Calibration.of(distances),
        Map.of());
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
