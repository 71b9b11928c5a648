package dev.janus.cli.config;

import dev.janus.model.ModelConfig;
import dev.janus.score.ScoringConfig;
import dev.janus.train.TrainingConfig;
import java.util.List;
import java.util.Set;

/**
 * Everything that decides a training run, as read from one YAML file.
 *
 * @param dataset name of the data set, for provenance; may be empty
 * @param seed seed of weights, batches, noise and of a random split
 * @param threads threads that compute; 0 for one per core
 * @param benignLabels labels that count as benign
 */
public record RunConfig(
    String dataset,
    long seed,
    int threads,
    ModelConfig model,
    TrainingConfig training,
    ScoringConfig scoring,
    SplitConfig split,
    Set<String> benignLabels) {
  public RunConfig {
    benignLabels = Set.copyOf(benignLabels);
  }

  /** The thread count to compute with. */
  public int effectiveThreads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** The same run with the thread count left open; results do not depend on it. */
  public RunConfig withAutomaticThreads() {
    return new RunConfig(dataset, seed, 0, model, training, scoring, split, benignLabels);
  }

  /** The same run with other labels counted as benign. */
  public RunConfig withBenignLabels(Set<String> labels) {
    return new RunConfig(dataset, seed, threads, model, training, scoring, split, labels);
  }

  /** Whether the same weights come of it: what differs, if anything, is how flows are scored. */
  public boolean sharesTraining(RunConfig other) {
    return withoutScoring().equals(other.withoutScoring());
  }

  private RunConfig withoutScoring() {
    ScoringConfig any = ScoringConfig.defaults(0);
    return new RunConfig(dataset, seed, 0, model, training, any, split, benignLabels);
  }

  /** Sorted labels, for printing. */
  public List<String> sortedBenignLabels() {
    return benignLabels.stream().sorted().toList();
  }
}
