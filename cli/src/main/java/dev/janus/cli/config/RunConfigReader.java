package dev.janus.cli.config;

import dev.janus.contract.label.AddressBlock;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.model.Architecture;
import dev.janus.model.ChannelKinds;
import dev.janus.model.DiscreteSource;
import dev.janus.model.FlowToken;
import dev.janus.model.ModelConfig;
import dev.janus.score.OdeSolver;
import dev.janus.score.ScoringConfig;
import dev.janus.train.MaskedPrediction;
import dev.janus.train.TrainingConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a run configuration. Keys that are left out take the method's defaults. */
public final class RunConfigReader {
  private static final int DEFAULT_STEPS = 4000;
  private static final int MAX_THREADS = 1024;
  private static final double UNBOUNDED = Double.MAX_VALUE;

  private RunConfigReader() {}

  /**
   * Reads the file.
   *
   * @param overrides {@code key.path=value} strings that win over the file
   */
  public static RunConfig read(Path file, List<String> overrides) {
    return read(YamlFile.read(file, overrides));
  }

  /**
   * Reads a configuration from text.
   *
   * @param source where the text comes from, for errors
   */
  public static RunConfig parse(String text, String source) {
    return read(YamlFile.parse(text, source, List.of()));
  }

  private static RunConfig read(YamlMap root) {
    long seed = root.integer("seed", 42L, 0, Long.MAX_VALUE);
    ModelConfig model = model(root.map("model"));
    TrainingConfig training = training(root.map("training"), seed, model);
    RunConfig config =
        new RunConfig(
            root.text("dataset", ""),
            seed,
            threads(root),
            model,
            training,
            scoring(root.map("scoring"), training.sigma()),
            split(root.map("split")),
            Set.copyOf(root.texts("benign_labels", List.of("BENIGN"))));
    root.finish();
    return config;
  }

  private static int threads(YamlMap root) {
    Optional<YamlValue> threads = root.find("threads");
    if (threads.isEmpty() || threads.get().is("auto")) {
      return 0;
    }
    return (int) threads.get().integer(1, MAX_THREADS);
  }

  private static ModelConfig model(YamlMap map) {
    ModelConfig defaults = ModelConfig.defaults();
    int maxPackets = map.integer("max_packets", defaults.maxPackets(), 1, 64);
    int dModel = map.integer("d_model", defaults.dModel(), 8, 4096);
    int layers = map.integer("n_layers", defaults.layers(), 1, 64);
    int heads = map.integer("n_heads", defaults.heads(), 1, 64);
    String mode =
        map.choice("reference_mode", "causal_packets", List.of("causal_packets", "all_packets"));
    ChannelKinds channels = one(map, "channels", defaults.channels());
    boolean flowToken = map.flag("flow_token", defaults.hasFlowToken());
    DiscreteSource source = one(map, "discrete_source", defaults.discreteSource());
    Architecture architecture = one(map, "architecture", defaults.architecture());
    map.finish();
    AttentionMask mask = mode.equals("all_packets") ? AttentionMask.FULL : AttentionMask.CAUSAL;
    return map.checked(() ->
        new ModelConfig(
            maxPackets,
            dModel,
            layers,
            heads,
            mask,
            channels,
            flowToken ? FlowToken.PRESENT : FlowToken.ABSENT,
            source,
            architecture));
  }

  /** One of the constants of an enum, written in lower case. */
  private static <E extends Enum<E>> E one(YamlMap map, String key, E fallback) {
    Class<E> type = fallback.getDeclaringClass();
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(RunConfigReader::lowerCase).toList();
    String name = map.choice(key, lowerCase(fallback), names);
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static TrainingConfig training(YamlMap map, long seed, ModelConfig model) {
    TrainingConfig d = TrainingConfig.defaults(seed, DEFAULT_STEPS);
    int steps = map.integer("steps", d.steps(), 1, Integer.MAX_VALUE);
    int batchSize = map.integer("batch_size", d.batchSize(), 2, 65536);
    double learningRate = map.number("learning_rate", d.learningRate(), 0, 1);
    int warmupSteps = map.integer("warmup_steps", d.warmupSteps(), 1, Integer.MAX_VALUE);
    double weightDecay = map.number("weight_decay", d.weightDecay(), 0, 1);
    double clipNorm = map.number("clip_norm", d.clipNorm(), 0, UNBOUNDED);
    double emaDecay = map.number("ema_decay", d.emaDecay(), 0, 1);
    double sigma = map.number("sigma", d.sigma(), 0, 10);
    double lambdaDisc = map.number("lambda_disc", d.lambdaDisc(), 0, UNBOUNDED);
    boolean useOt = map.flag("use_ot", d.useOt());
    double epsilon = map.number("sinkhorn_epsilon", d.sinkhornEpsilon(), 0, UNBOUNDED);
    int iterations = map.integer("sinkhorn_iterations", d.sinkhornIterations(), 1, 100_000);
    int checkpoint = map.integer("checkpoint_steps", d.checkpointSteps(), 1, Integer.MAX_VALUE);
    double maskWeight = map.number("mask_weight", d.maskedPrediction().weight(), 0, UNBOUNDED);
    double maskRatio = map.number("mask_ratio", d.maskedPrediction().ratio(), 0, 1);
    map.finish();
    return map.checked(() -> {
      TrainingConfig training =
          new TrainingConfig(
              seed,
              steps,
              batchSize,
              learningRate,
              warmupSteps,
              weightDecay,
              clipNorm,
              emaDecay,
              sigma,
              lambdaDisc,
              useOt,
              epsilon,
              iterations,
              checkpoint,
              new MaskedPrediction(maskWeight, maskRatio));
      training.requireFits(model);
      return training;
    });
  }

  private static ScoringConfig scoring(YamlMap map, double sigma) {
    ScoringConfig d = ScoringConfig.defaults(sigma);
    int steps = map.integer("ode_steps", d.odeSteps(), 1, 1000);
    OdeSolver rule = one(map, "solver", d.solver());
    map.finish();
    return map.checked(() -> new ScoringConfig(steps, rule, d.noiseSeed(), sigma));
  }

  private static SplitConfig split(YamlMap map) {
    SplitConfig d = SplitConfig.defaults();
    String order = map.choice("order", "time", List.of("time", "random"));
    List<String> trainCaptures = map.texts("train_captures", d.trainCaptures());
    List<String> testCaptures = map.texts("test_captures", d.testCaptures());
    double train = map.number("train", d.train(), 0, 1);
    double validation = map.number("validation", d.validation(), 0, 1);
    double gapHours = map.number("gap_hours", d.gapHours(), 0, SplitConfig.MOST_GAP_HOURS);
    FlowSelection selection = selection(map);
    map.finish();
    SplitConfig.Order by = SplitConfig.Order.valueOf(order.toUpperCase(Locale.ROOT));
    return map.checked(() ->
        new SplitConfig(by, trainCaptures, testCaptures, train, validation, gapHours, selection));
  }

  private static FlowSelection selection(YamlMap map) {
    FlowSelection d = FlowSelection.ALL;
    return new FlowSelection(
        map.parsed("protocols", IpProtocol::parse),
        map.parsed("hosts", AddressBlock::parse),
        map.integer("min_packets", d.minPackets(), 1, Integer.MAX_VALUE),
        map.integer("train_per_capture", d.trainPerCapture(), 0, Integer.MAX_VALUE),
        map.integer("test_benign_per_capture", d.testBenignPerCapture(), 0, Integer.MAX_VALUE));
  }
}
