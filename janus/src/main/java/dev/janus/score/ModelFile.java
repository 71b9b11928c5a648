package dev.janus.score;

import dev.janus.autograd.Parameter;
import dev.janus.autograd.ParameterLayout;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.packet.PacketSchema;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.model.Architecture;
import dev.janus.model.ChannelKinds;
import dev.janus.model.DiscreteSource;
import dev.janus.model.FlowToken;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.ModelException;
import dev.janus.model.Normalization;
import dev.janus.model.SafeTensors;
import dev.janus.model.StoredTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The model as one safetensors file: weights as float32 tensors, every fitted number as a float64
 * or int64 tensor, settings and provenance as metadata. Nothing else is needed to score. The same
 * model gives the same bytes, and what is read equals what was written, bit for bit.
 */
public final class ModelFile {
  private static final String FORMAT = "janus-model";
  private static final String FORMAT_VERSION = "3";
  private static final String NETWORK = "network.";
  private static final String OAS10 = "oas10.";
  private static final String HIDDEN = VerdictName.HIDDEN.label() + ".";
  private static final String FUSED = VerdictName.FUSED.label() + ".";
  private static final String FEATURES = FUSED + FusedMeasure.FEATURES.label() + ".";
  private static final String SCORES = FUSED + FusedMeasure.OAS.label() + ".";
  private static final String REFERENCE = FUSED + "reference.";
  private static final String PROVENANCE = "provenance.";
  private static final int MAX_LAYERS = 1000;
  private static final int MAX_WIDTH = 1 << 14;

  private ModelFile() {}

  /**
   * Writes a model atomically.
   *
   * @throws ModelException when a weight is not finite or the file cannot be written
   */
  public static void write(Path file, JanusModel model) {
    try {
      checkFinite(model.weights());
      content(model).write(file);
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + ": the model cannot be stored: " + e.getMessage(), e);
    }
  }

  /**
   * Reads and checks a model.
   *
   * @throws ModelException when the file is missing, damaged, not a model, or made for another
   *     version of the format or of the packet schema; names the file and what to do
   */
  public static JanusModel read(Path file) {
    SafeTensors content = SafeTensors.read(file);
    try {
      return model(content);
    } catch (ModelException | IllegalArgumentException | ArithmeticException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  // ---- writing --------------------------------------------------------------------------------

  private static SafeTensors content(JanusModel model) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : layout(model.config()).parameters()) {
      int from = parameter.offset();
      float[] values = Arrays.copyOfRange(model.weights(), from, from + parameter.length());
      tensors.put(NETWORK + parameter.name(), new StoredTensor.Float32(shape(parameter), values));
    }
    Normalization normalization = model.normalization();
    tensors.put("normalization.packet_mean", StoredTensor.Float64.of(normalization.packetMean()));
    tensors.put("normalization.packet_std", StoredTensor.Float64.of(normalization.packetStd()));
    tensors.put("normalization.feature_mean", StoredTensor.Float64.of(normalization.featureMean()));
    tensors.put("normalization.feature_std", StoredTensor.Float64.of(normalization.featureStd()));
    put(tensors, model.fused());
    put(tensors, OAS10, model.oas10());
    put(tensors, HIDDEN, model.hidden());
    return new SafeTensors(tensors, metadata(model));
  }

  private static void put(Map<String, StoredTensor> tensors, FusedVerdict fused) {
    List<WhitenedDistance> places = fused.fit().places().places();
    for (int k = 0; k < places.size(); k++) {
      WhitenedDistance place = places.get(k);
      int d = place.dimensions();
      tensors.put(place(k) + "mean", StoredTensor.Float64.of(place.mean()));
      tensors.put(
          place(k) + "whitening", new StoredTensor.Float64(new int[] {d, d}, place.columns()));
    }
    put(tensors, FEATURES, fused.fit().features());
    put(tensors, SCORES, fused.fit().scores());
    tensors.put(FUSED + "sum.mean", StoredTensor.Float64.of(fused.fit().sum().mean()));
    tensors.put(FUSED + "sum.std", StoredTensor.Float64.of(fused.fit().sum().deviation()));
    BenignReference reference = fused.reference();
    int n = reference.flows();
    tensors.put(
        REFERENCE + "scores",
        new StoredTensor.Float64(new int[] {n, ScoreName.COUNT}, reference.scores()));
    tensors.put(
        REFERENCE + "measures",
        new StoredTensor.Float64(new int[] {n, FusedMeasure.COUNT}, reference.measures()));
    tensors.put(
        REFERENCE + "strata",
        StoredTensor.Int64.of(Arrays.stream(reference.strata()).asLongStream().toArray()));
    put(tensors, FUSED, fused.calibration());
  }

  private static String place(int number) {
    return FUSED + "place." + number + ".";
  }

  private static void put(
      Map<String, StoredTensor> tensors, String prefix, CalibratedDistance calibrated) {
    put(tensors, prefix, calibrated.distance());
    put(tensors, prefix, calibrated.calibration());
  }

  private static void put(
      Map<String, StoredTensor> tensors, String prefix, MahalanobisOas distance) {
    int p = distance.dimensions();
    tensors.put(prefix + "mean", StoredTensor.Float64.of(distance.mean()));
    tensors.put(
        prefix + "precision", new StoredTensor.Float64(new int[] {p, p}, distance.precision()));
    tensors.put(prefix + "shrinkage", StoredTensor.Float64.of(distance.shrinkage()));
    tensors.put(prefix + "fitted_on", StoredTensor.Int64.of(distance.count()));
  }

  private static void put(
      Map<String, StoredTensor> tensors, String prefix, Calibration calibration) {
    tensors.put(prefix + "calibration", StoredTensor.Float64.of(calibration.points()));
    tensors.put(prefix + "calibrated_on", StoredTensor.Int64.of(calibration.count()));
  }

  private static Map<String, String> metadata(JanusModel model) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("format", FORMAT);
    metadata.put("format_version", FORMAT_VERSION);
    metadata.put("packet_schema_version", Integer.toString(PacketSchema.VERSION));
    ModelConfig config = model.config();
    metadata.put("config.max_packets", Integer.toString(config.maxPackets()));
    metadata.put("config.d_model", Integer.toString(config.dModel()));
    metadata.put("config.n_layers", Integer.toString(config.layers()));
    metadata.put("config.n_heads", Integer.toString(config.heads()));
    metadata.put("config.mask", lowerCase(config.mask()));
    metadata.put("config.channels", lowerCase(config.channels()));
    metadata.put("config.flow_token", lowerCase(config.flowToken()));
    metadata.put("config.discrete_source", lowerCase(config.discreteSource()));
    metadata.put("config.architecture", lowerCase(config.architecture()));
    ScoringConfig scoring = model.scoring();
    metadata.put("scoring.ode_steps", Integer.toString(scoring.odeSteps()));
    metadata.put("scoring.solver", lowerCase(scoring.solver()));
    metadata.put("scoring.noise_seed", Long.toString(scoring.noiseSeed()));
    metadata.put("scoring.sigma", Double.toString(scoring.sigma()));
    metadata.put("scoring.names", String.join(",", ScoreName.labels()));
    metadata.put("fused.measures", String.join(",", FusedMeasure.labels()));
    metadata.put("fused.reference.flows", Integer.toString(model.fused().reference().flows()));
    model.provenance().forEach((key, value) -> metadata.put(PROVENANCE + key, value));
    return metadata;
  }

  private static ParameterLayout layout(ModelConfig config) {
    return new JanusNetwork(config).layout();
  }

  private static int[] shape(Parameter parameter) {
    return parameter.shape().stream().mapToInt(Integer::intValue).toArray();
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  // ---- reading --------------------------------------------------------------------------------

  private static JanusModel model(SafeTensors content) {
    checkVersions(content);
    ModelConfig config = config(content);
    ScoringConfig scoring =
        new ScoringConfig(
            whole(content, "scoring.ode_steps"),
            one(content, "scoring.solver", OdeSolver.values()),
            number(content, "scoring.noise_seed", Long::valueOf),
            number(content, "scoring.sigma", Double::valueOf));
    Normalization normalization =
        new Normalization(
            content.float64("normalization.packet_mean", JanusNetwork.CONTINUOUS).values(),
            content.float64("normalization.packet_std", JanusNetwork.CONTINUOUS).values(),
            content.float64("normalization.feature_mean", FlowFeature.COUNT).values(),
            content.float64("normalization.feature_std", FlowFeature.COUNT).values());
    float[] weights = weights(content, config);
    return new JanusModel(
        config,
        weights,
        normalization,
        scoring,
        fused(content, config.dModel()),
        calibrated(content, OAS10, ScoreName.COUNT),
        calibrated(content, HIDDEN, config.dModel()),
        provenance(content));
  }

  private static CalibratedDistance calibrated(SafeTensors content, String prefix, int p) {
    return new CalibratedDistance(distance(content, prefix, p), calibration(content, prefix));
  }

  private static MahalanobisOas distance(SafeTensors content, String prefix, int p) {
    double[] mean = content.float64(prefix + "mean", p).values();
    double[] precision = content.float64(prefix + "precision", p, p).values();
    double shrinkage = content.float64(prefix + "shrinkage", 1).values()[0];
    int fittedOn = count(content, prefix + "fitted_on");
    return named(prefix, () -> new MahalanobisOas(mean, precision, shrinkage, fittedOn));
  }

  private static Calibration calibration(SafeTensors content, String prefix) {
    int calibratedOn = count(content, prefix + "calibrated_on");
    int points = Math.min(calibratedOn, Calibration.CAPACITY);
    double[] distances = content.float64(prefix + "calibration", points).values();
    return named(prefix, () -> new Calibration(distances, calibratedOn));
  }

  private static FusedVerdict fused(SafeTensors content, int d) {
    List<WhitenedDistance> places =
        IntStream.range(0, PlaceDistances.PLACES)
            .mapToObj(k ->
                named(
                    place(k),
                    () ->
                        new WhitenedDistance(
                            content.float64(place(k) + "mean", d).values(),
                            content.float64(place(k) + "whitening", d, d).values())))
            .toList();
    Standardization sum =
        named(
            FUSED + "sum.",
            () ->
                new Standardization(
                    content.float64(FUSED + "sum.mean", ScoreName.COUNT).values(),
                    content.float64(FUSED + "sum.std", ScoreName.COUNT).values()));
    FusedFit fit =
        new FusedFit(
            new PlaceDistances(places),
            distance(content, FEATURES, FlowFeature.COUNT),
            distance(content, SCORES, ScoreName.COUNT),
            sum);
    return new FusedVerdict(fit, reference(content), calibration(content, FUSED));
  }

  private static BenignReference reference(SafeTensors content) {
    int n = whole(content, "fused.reference.flows");
    if (n < 0 || n > BenignReference.CAPACITY) {
      throw new ModelException("it claims " + n + " reference flows");
    }
    long[] strata = content.int64(REFERENCE + "strata", n).values();
    return named(
        REFERENCE,
        () ->
            new BenignReference(
                content.float64(REFERENCE + "scores", n, ScoreName.COUNT).values(),
                content.float64(REFERENCE + "measures", n, FusedMeasure.COUNT).values(),
                Arrays.stream(strata).mapToInt(Math::toIntExact).toArray()));
  }

  /** Says which tensors what was read came from when it is not usable. */
  private static <T> T named(String prefix, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ModelException e) {
      throw new ModelException(prefix + "*: " + e.getMessage(), e);
    }
  }

  private static void checkVersions(SafeTensors content) {
    if (!FORMAT.equals(content.metadata().get("format"))) {
      throw new ModelException("not a JANUS model but another kind of file");
    }
    String version = content.text("format_version");
    if (!version.equals(FORMAT_VERSION)) {
      throw new ModelException(
          "model format %s, this version of JANUS reads %s: use the version that wrote it"
              .formatted(version, FORMAT_VERSION));
    }
    String schema = content.text("packet_schema_version");
    if (!schema.equals(Integer.toString(PacketSchema.VERSION))) {
      throw new ModelException(
          "trained on packet schema %s, this version of JANUS extracts schema %d: train again"
              .formatted(schema, PacketSchema.VERSION));
    }
    String names = String.join(",", ScoreName.labels());
    String measures = String.join(",", FusedMeasure.labels());
    if (!content.text("fused.measures").equals(measures)) {
      throw new ModelException(
          "its verdict weighs %s instead of %s: use the version of JANUS that wrote it"
              .formatted(content.text("fused.measures"), measures));
    }
    if (!content.text("scoring.names").equals(names)) {
      throw new ModelException(
          "its scores are %s instead of %s: use the version of JANUS that wrote it"
              .formatted(content.text("scoring.names"), names));
    }
  }

  private static ModelConfig config(SafeTensors content) {
    int width = whole(content, "config.d_model");
    int layers = whole(content, "config.n_layers");
    if (width > MAX_WIDTH || layers > MAX_LAYERS) {
      throw new ModelException("a network of %d layers %d wide".formatted(layers, width));
    }
    return new ModelConfig(
        whole(content, "config.max_packets"),
        width,
        layers,
        whole(content, "config.n_heads"),
        one(content, "config.mask", AttentionMask.values()),
        one(content, "config.channels", ChannelKinds.values()),
        one(content, "config.flow_token", FlowToken.values()),
        one(content, "config.discrete_source", DiscreteSource.values()),
        one(content, "config.architecture", Architecture.values()));
  }

  private static float[] weights(SafeTensors content, ModelConfig config) {
    ParameterLayout layout = layout(config);
    List<String> stored =
        content.tensors().keySet().stream().filter(name -> name.startsWith(NETWORK)).toList();
    if (stored.size() != layout.parameters().size()) {
      throw new ModelException(
          "it holds %d network tensors instead of %d"
              .formatted(stored.size(), layout.parameters().size()));
    }
    // Every shape is checked before memory is taken: what the configuration claims may be absurd.
    List<float[]> values =
        layout.parameters().stream()
            .map(p -> content.float32(NETWORK + p.name(), shape(p)).values())
            .toList();
    float[] weights = new float[layout.length()];
    for (int i = 0; i < values.size(); i++) {
      Parameter parameter = layout.parameters().get(i);
      System.arraycopy(values.get(i), 0, weights, parameter.offset(), parameter.length());
    }
    checkFinite(weights);
    return weights;
  }

  private static void checkFinite(float[] weights) {
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        throw new IllegalArgumentException("a weight is " + weight);
      }
    }
  }

  private static Map<String, String> provenance(SafeTensors content) {
    Map<String, String> provenance = new TreeMap<>();
    content
        .metadata()
        .forEach((key, value) -> {
          if (key.startsWith(PROVENANCE)) {
            provenance.put(key.substring(PROVENANCE.length()), value);
          }
        });
    return provenance;
  }

  private static int count(SafeTensors content, String name) {
    return Math.toIntExact(content.int64(name, 1).values()[0]);
  }

  private static int whole(SafeTensors content, String key) {
    return number(content, key, Integer::valueOf);
  }

  /** Reads a number from text. */
  private interface NumberReader<T> {
    T read(String text);
  }

  private static <T> T number(SafeTensors content, String key, NumberReader<T> reader) {
    String text = content.text(key);
    try {
      return reader.read(text);
    } catch (NumberFormatException e) {
      throw new ModelException("metadata entry " + key + " is not a number: " + text, e);
    }
  }

  private static <E extends Enum<E>> E one(SafeTensors content, String key, E[] values) {
    String text = content.text(key);
    for (E value : values) {
      if (lowerCase(value).equals(text)) {
        return value;
      }
    }
    throw new ModelException("metadata entry " + key + " is unknown: " + text);
  }
}
