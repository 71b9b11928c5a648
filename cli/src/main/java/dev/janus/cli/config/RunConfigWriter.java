package dev.janus.cli.config;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.model.ModelConfig;
import dev.janus.score.ScoringConfig;
import dev.janus.train.TrainingConfig;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Writes a configuration with every key filled in; reading it back gives the same run. */
public final class RunConfigWriter {
  private RunConfigWriter() {}

  /** The configuration as YAML. */
  public static String yaml(RunConfig config) {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    text.add("dataset: " + quoted(config.dataset()));
    text.add("seed: " + config.seed());
    text.add("threads: " + (config.threads() == 0 ? "auto" : config.threads()));
    model(text, config.model());
    training(text, config.training());
    scoring(text, config.scoring());
    split(text, config.split());
    text.add("benign_labels: " + list(config.sortedBenignLabels()));
    return text.toString();
  }

  private static void model(StringJoiner text, ModelConfig model) {
    text.add("model:");
    text.add("  max_packets: " + model.maxPackets());
    text.add("  d_model: " + model.dModel());
    text.add("  n_layers: " + model.layers());
    text.add("  n_heads: " + model.heads());
    boolean causal = model.mask() == AttentionMask.CAUSAL;
    text.add("  reference_mode: " + (causal ? "causal_packets" : "all_packets"));
  }

  private static void training(StringJoiner text, TrainingConfig training) {
    text.add("training:");
    text.add("  steps: " + training.steps());
    text.add("  batch_size: " + training.batchSize());
    text.add("  learning_rate: " + training.learningRate());
    text.add("  warmup_steps: " + training.warmupSteps());
    text.add("  weight_decay: " + training.weightDecay());
    text.add("  clip_norm: " + training.clipNorm());
    text.add("  ema_decay: " + training.emaDecay());
    text.add("  sigma: " + training.sigma());
    text.add("  lambda_disc: " + training.lambdaDisc());
    text.add("  use_ot: " + training.useOt());
    text.add("  sinkhorn_epsilon: " + training.sinkhornEpsilon());
    text.add("  sinkhorn_iterations: " + training.sinkhornIterations());
    text.add("  checkpoint_steps: " + training.checkpointSteps());
  }

  private static void scoring(StringJoiner text, ScoringConfig scoring) {
    text.add("scoring:");
    text.add("  ode_steps: " + scoring.odeSteps());
    text.add("  solver: " + scoring.solver().name().toLowerCase(Locale.ROOT));
  }

  private static void split(StringJoiner text, SplitConfig split) {
    text.add("split:");
    text.add("  order: " + split.order().name().toLowerCase(Locale.ROOT));
    text.add("  train_captures: " + list(split.trainCaptures()));
    text.add("  test_captures: " + list(split.testCaptures()));
    text.add("  train: " + split.train());
    text.add("  validation: " + split.validation());
  }

  private static String list(List<String> items) {
    StringJoiner text = new StringJoiner(", ", "[", "]");
    items.forEach(item -> text.add(quoted(item)));
    return text.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
