package dev.janus.train;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.RandomFlows;
import dev.janus.score.ScoreName;
import dev.janus.score.Scorer;
import dev.janus.score.ScoringConfig;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A short training and scoring in a JVM of its own. Prints one digest of everything it computed:
 * weights, their average and both moments as they lie in the last checkpoint, and all scores.
 */
final class HashingRun {
  /** Widths are no multiples of a tile, so that the edges of all kernels run. */
  private static final ModelConfig MODEL = new ModelConfig(20, 40, 2, 2, AttentionMask.CAUSAL);

  private static final int STEPS = 4;
  private static final int FLOWS = 80;

  private HashingRun() {}

  /** Argument: threads. */
  public static void main(String[] arguments) throws Exception {
    Kernels kernels = KernelSelection.best();
    NormalizedFlows flows = RandomFlows.of(11, FLOWS, MODEL.maxPackets());
    TrainingConfig config =
        new TrainingConfig(
            42, STEPS, 32, 1e-3, 3, 0.01, 1.0, 0.995, 0.1, 1.0, true, 0.05, 50, 1000);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Path checkpoint = Files.createTempFile("janus-hash-", ".checkpoint");
    try (ThreadTeam team = ThreadTeam.ofSize(Integer.parseInt(arguments[0]))) {
      TrainingOutcome outcome =
          new Trainer(MODEL, config, flows, kernels, team, checkpoint)
              .train(progress -> {}, () -> false);
      digest.update(Files.readAllBytes(checkpoint));
      double[] scores = new double[FLOWS * ScoreName.COUNT];
      new Scorer(MODEL, outcome.weights(), ScoringConfig.defaults(0.1), kernels, team)
          .score(flows, scores);
      ByteBuffer bytes = ByteBuffer.allocate(scores.length * Double.BYTES);
      bytes.asDoubleBuffer().put(scores);
      digest.update(bytes);
    } finally {
      Files.deleteIfExists(checkpoint);
    }
    System.out.println("kernels " + kernels.name());
    System.out.println("hash " + HexFormat.of().formatHex(digest.digest()));
  }
}
