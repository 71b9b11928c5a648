package dev.janus.cli.config;

import dev.janus.contract.label.AddressBlock;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.model.ModelConfig;
import dev.janus.score.ScoringConfig;
import dev.janus.train.TrainingConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Writes a configuration with every key filled in; reading it back gives the same run. */
public final class RunConfigWriter {
  /** Name of the file that holds it beside every result. */
  public static final String FILE = "config.resolved.yaml";

  private RunConfigWriter() {}

  /** The configuration as YAML. */
  public static String yaml(RunConfig config) {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    tree(config)
        .forEach((key, value) -> {
          if (value instanceof Map<?, ?> section) {
            text.add(key + ":");
            section.forEach((inner, leaf) -> text.add("  " + inner + ": " + scalar(leaf)));
          } else {
            text.add(key + ": " + scalar(value));
          }
        });
    return text.toString();
  }

  /** The configuration as maps, lists, texts, numbers and booleans. */
  public static Map<String, Object> tree(RunConfig config) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("dataset", config.dataset());
    tree.put("seed", config.seed());
    tree.put("threads", config.threads() == 0 ? "auto" : config.threads());
    tree.put("model", model(config.model()));
    tree.put("training", training(config.training()));
    tree.put("scoring", scoring(config.scoring()));
    tree.put("split", split(config.split()));
    tree.put("benign_labels", config.sortedBenignLabels());
    return tree;
  }

  private static Map<String, Object> model(ModelConfig model) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("max_packets", model.maxPackets());
    tree.put("d_model", model.dModel());
    tree.put("n_layers", model.layers());
    tree.put("n_heads", model.heads());
    boolean causal = model.mask() == AttentionMask.CAUSAL;
    tree.put("reference_mode", causal ? "causal_packets" : "all_packets");
    tree.put("channels", lowerCase(model.channels()));
    tree.put("flow_token", model.hasFlowToken());
    tree.put("discrete_source", lowerCase(model.discreteSource()));
    tree.put("architecture", lowerCase(model.architecture()));
    return tree;
  }

  private static Map<String, Object> training(TrainingConfig training) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("steps", training.steps());
    tree.put("batch_size", training.batchSize());
    tree.put("learning_rate", training.learningRate());
    tree.put("warmup_steps", training.warmupSteps());
    tree.put("weight_decay", training.weightDecay());
    tree.put("clip_norm", training.clipNorm());
    tree.put("ema_decay", training.emaDecay());
    tree.put("sigma", training.sigma());
    tree.put("lambda_disc", training.lambdaDisc());
    tree.put("use_ot", training.useOt());
    tree.put("sinkhorn_epsilon", training.sinkhornEpsilon());
    tree.put("sinkhorn_iterations", training.sinkhornIterations());
    tree.put("checkpoint_steps", training.checkpointSteps());
    tree.put("mask_weight", training.maskedPrediction().weight());
    tree.put("mask_ratio", training.maskedPrediction().ratio());
    return tree;
  }

  private static Map<String, Object> scoring(ScoringConfig scoring) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("ode_steps", scoring.odeSteps());
    tree.put("solver", lowerCase(scoring.solver()));
    return tree;
  }

  private static Map<String, Object> split(SplitConfig split) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("order", lowerCase(split.order()));
    tree.put("train_captures", split.trainCaptures());
    tree.put("test_captures", split.testCaptures());
    tree.put("train", split.train());
    tree.put("validation", split.validation());
    tree.put("gap_hours", split.gapHours());
    FlowSelection selection = split.selection();
    tree.put("protocols", selection.protocols().stream().map(IpProtocol::toString).toList());
    tree.put("hosts", selection.hosts().stream().map(AddressBlock::text).toList());
    tree.put("min_packets", selection.minPackets());
    tree.put("train_per_capture", selection.trainPerCapture());
    tree.put("test_benign_per_capture", selection.testBenignPerCapture());
    return tree;
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String scalar(Object value) {
    return switch (value) {
      case List<?> list -> {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        list.forEach(item -> text.add(quoted(item.toString())));
        yield text.toString();
      }
      case String text when text.matches("[a-z_]+") -> text;
      case String text -> quoted(text);
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
