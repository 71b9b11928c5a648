package dev.janus.bench.step;

import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.train.Trainer;
import dev.janus.train.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** Runs the product's trainer, whole: sampling, noise, Sinkhorn, network, optimiser. */
final class TrainerRun {
  private static final int BATCH = 128;

  private TrainerRun() {}

  /**
   * Trains on ragged flows with batches of 128. One epoch has more steps than the run, so that no
   * checkpoint falls into it but at its end.
   *
   * @param afterStep called after each step but the last, which writes a checkpoint, with the
   *     number of steps done
   */
  static void train(int steps, int threads, IntConsumer afterStep) throws IOException {
    TrainingConfig method = TrainingConfig.defaults(FlowLengths.SEED, steps);
    TrainingConfig config =
        new TrainingConfig(
            method.seed(),
            steps,
            BATCH,
            method.learningRate(),
            method.warmupSteps(),
            method.weightDecay(),
            method.clipNorm(),
            method.emaDecay(),
            method.sigma(),
            method.lambdaDisc(),
            method.useOt(),
            method.sinkhornEpsilon(),
            method.sinkhornIterations(),
            steps);
    Path folder = Files.createTempDirectory("janus-bench-");
    Path checkpoint = folder.resolve("checkpoint");
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      new Trainer(
              ModelConfig.defaults(),
              config,
              SyntheticFlows.of(FlowLengths.ragged(BATCH * (steps + 1))),
              KernelSelection.best(),
              team,
              checkpoint)
          .train(
              progress -> {
                if (progress.step() < steps) {
                  afterStep.accept(progress.step());
                }
              },
              () -> false);
    } finally {
      Files.deleteIfExists(checkpoint);
      Files.deleteIfExists(folder);
    }
  }
}
