package dev.janus.train;

import java.nio.file.Path;

/** Is told of every step and every checkpoint, on the training thread. */
public interface TrainingListener {
  /** After a step. */
  void onStep(TrainingProgress progress);

  /** After a checkpoint was written. */
  default void onCheckpoint(Path file, int step) {}
}
