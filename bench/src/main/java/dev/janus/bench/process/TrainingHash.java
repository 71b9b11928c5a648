package dev.janus.bench.process;

import dev.janus.bench.step.FlowLengths;
import dev.janus.bench.step.SyntheticFlows;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.score.ScoreName;
import dev.janus.score.Scorer;
import dev.janus.score.ScoringConfig;
import dev.janus.train.Trainer;
import dev.janus.train.TrainingConfig;
import dev.janus.train.TrainingOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Trains some steps on ragged flows, scores them and prints one SHA-256 of all results: weights,
 * their average and both moments as they lie in the last checkpoint, and the scores.
 */
final class TrainingHash {
  /** How the line with the digest begins. */
  static final String PREFIX = "sha256 ";

  private static final int FLOWS = 96;
  private static final double SIGMA = 0.1;

  private TrainingHash() {}

  /** Arguments: threads, d_model, layers, steps. */
  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    ModelConfig model =
        new ModelConfig(
            FlowLengths.LONGEST,
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            4,
            AttentionMask.CAUSAL);
    TrainingConfig config = TrainingConfig.defaults(42, Integer.parseInt(args[3]));
    NormalizedFlows flows = SyntheticFlows.of(FlowLengths.ragged(FLOWS));
    Kernels kernels = KernelSelection.best();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Path checkpoint = Files.createTempFile("janus-hash-", ".checkpoint");
    try (ThreadTeam team = ThreadTeam.ofSize(Integer.parseInt(args[0]))) {
      TrainingOutcome outcome =
          new Trainer(model, config, flows, kernels, team, checkpoint)
              .train(progress -> {}, () -> false);
      digest.update(Files.readAllBytes(checkpoint));
      double[] scores = new double[FLOWS * ScoreName.COUNT];
      new Scorer(model, outcome.weights(), ScoringConfig.defaults(SIGMA), kernels, team)
          .score(flows, scores);
      ByteBuffer bytes = ByteBuffer.allocate(scores.length * Double.BYTES);
      bytes.asDoubleBuffer().put(scores);
      digest.update(bytes);
    } finally {
      Files.deleteIfExists(checkpoint);
    }
    System.out.println(PREFIX + HexFormat.of().formatHex(digest.digest()));
  }
}
