package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aModelComesBackBitForBit(long seed) {
    JanusModel model = randomModel(new Random(seed));
    JanusModel read = ModelFile.read(write(model));
    assertThat(read.config()).isEqualTo(model.config());
    assertThat(read.weights()).containsExactly(model.weights());
    assertThat(read.normalization()).isEqualTo(model.normalization());
    assertThat(read.scoring()).isEqualTo(model.scoring());
    assertThat(read.oas10()).isEqualTo(model.oas10());
    assertThat(read.hidden()).isEqualTo(model.hidden());
    assertThat(read.provenance()).isEqualTo(model.provenance());
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    byte[] once = Files.readAllBytes(write(randomModel(new Random(4))));
    byte[] again = Files.readAllBytes(write(ModelFile.read(write(randomModel(new Random(4))))));
    assertThat(again).isEqualTo(once);
  }

  @Test
  void everyChangeOfOneByteIsRefused() throws IOException {
    Path file = write(smallModel());
    Random random = new Random(5);
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      for (long at = 0; at < access.length(); at++) {
        access.seek(at);
        int good = access.read();
        access.seek(at);
        access.write(good ^ (1 << random.nextInt(8)));
        String message = refusal(file);
        if (!message.startsWith(file + ": ") || message.contains("\n")) {
          throw new AssertionError("byte " + at + ": " + message);
        }
        access.seek(at);
        access.write(good);
      }
    }
    assertThat(ModelFile.read(file).weights()).containsExactly(smallModel().weights());
  }

  private static String refusal(Path file) {
    try {
      ModelFile.read(file);
      return "was read";
    } catch (ModelException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format | checkpoint | not a JANUS model but another kind of file",
        "format_version | 2 | model format 2, this version of JANUS reads 3",
        "fused.measures | a,b | its verdict weighs a,b instead of oas,",
        "fused.reference.flows | -1 | it claims -1 reference flows",
        "packet_schema_version | 2 | trained on packet schema 2",
        "scoring.names | a,b | its scores are a,b instead of terminal_norm,",
        "scoring.solver | leapfrog | scoring.solver is unknown: leapfrog",
        "scoring.ode_steps | four | scoring.ode_steps is not a number: four",
        "scoring.ode_steps | 0 | ode_steps must be 1..1000, not 0",
        "scoring.sigma | NaN | sigma must be",
        "config.mask | diagonal | config.mask is unknown: diagonal",
        "config.channels | sizes | config.channels is unknown: sizes",
        "config.flow_token | first | config.flow_token is unknown: first",
        "config.architecture | separate | config.architecture is unknown: separate",
        "config.discrete_source | gaussian | config.discrete_source is unknown: gaussian",
        "config.d_model | 9 | d_model must be a multiple of 8",
        "config.d_model | 16 | instead of Float32[16, 9]",
        "config.n_layers | 2 | network tensors instead of",
        "config.n_layers | 2000000000 | a network of 2000000000 layers",
        "config.d_model | 2147483640 | a network of 1 layers 2147483640 wide",
      })
  void wrongMetadataIsNamed(String key, String value, String message) {
    Path file = write(smallModel());
    SafeTensors content = SafeTensors.read(file);
    Map<String, String> metadata = new TreeMap<>(content.metadata());
    assertThat(metadata).containsKey(key);
    metadata.put(key, value);
    new SafeTensors(content.tensors(), metadata).write(file);
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
    metadata.remove(key);
    new SafeTensors(content.tensors(), metadata).write(file);
    assertThatThrownBy(() -> ModelFile.read(file)).isInstanceOf(ModelException.class);
  }

  @Test
  void everyMissingTensorIsNamed() {
    Path file = write(smallModel());
    SafeTensors content = SafeTensors.read(file);
    for (String name : content.tensors().keySet()) {
      Map<String, StoredTensor> tensors = new TreeMap<>(content.tensors());
      tensors.remove(name);
      new SafeTensors(tensors, content.metadata()).write(file);
      assertThatThrownBy(() -> ModelFile.read(file))
          .as(name)
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith(file + ": ")
          .hasMessageMatching(".*(" + name + " is missing|it holds \\d+ network tensors).*");
    }
  }

  @Test
  void weightsThatAreNotFiniteAreNeitherWrittenNorRead() {
    JanusModel model = smallModel();
    Path file = write(model);
    SafeTensors content = SafeTensors.read(file);
    model.weights()[3] = Float.NaN;
    assertThatThrownBy(() -> ModelFile.write(file, model))
        .isInstanceOf(ModelException.class)
        .hasMessage(file + ": the model cannot be stored: a weight is NaN");
    for (StoredTensor tensor : content.tensors().values()) {
      if (tensor instanceof StoredTensor.Float32 weights) {
        weights.values()[0] = Float.POSITIVE_INFINITY;
      }
    }
    content.write(file);
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("a weight is Infinity");
  }

  @Test
  void aModelOfTheUnifiedArchitectureComesBack() {
    ModelConfig config =
        new ModelConfig(
            4,
            8,
            1,
            2,
            AttentionMask.CAUSAL,
            ChannelKinds.BOTH,
            FlowToken.PRESENT,
            DiscreteSource.UNIFORM,
            Architecture.UNIFIED);
    float[] weights = new JanusNetwork(config).initialWeights(1);
    assertThat(ModelFile.read(write(model(config, weights, new Random(8)))).config())
        .isEqualTo(config);
  }

  @Test
  void anUntrainedModelOfTheDefaultSizeComesBack() {
    ModelConfig config = ModelConfig.defaults();
    float[] weights = new JanusNetwork(config).initialWeights(42);
    Path file = write(model(config, weights, new Random(6)));
    assertThat(ModelFile.read(file).weights()).isEqualTo(weights);
  }

  private Path write(JanusModel model) {
    Path file = folder.resolve("model.safetensors");
    ModelFile.write(file, model);
    return file;
  }

  private static JanusModel smallModel() {
    ModelConfig config = new ModelConfig(1, 8, 1, 2, AttentionMask.CAUSAL);
    return model(config, new JanusNetwork(config).initialWeights(7), new Random(7));
  }

  private static JanusModel randomModel(Random random) {
    int heads = 1 + random.nextInt(3);
    ModelConfig config =
        new ModelConfig(
            1 + random.nextInt(64),
            8 * heads,
            1 + random.nextInt(3),
            heads,
            random.nextBoolean() ? AttentionMask.CAUSAL : AttentionMask.FULL,
            ChannelKinds.values()[random.nextInt(3)],
            FlowToken.values()[random.nextInt(2)],
            DiscreteSource.values()[random.nextInt(2)],
            Architecture.JANUS);
    float[] weights = new float[new JanusNetwork(config).layout().length()];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = (float) random.nextGaussian();
    }
    return model(config, weights, random);
  }

  private static JanusModel model(ModelConfig config, float[] weights, Random random) {
    OdeSolver[] solvers = OdeSolver.values();
    return new JanusModel(
        config,
        weights,
        new Normalization(
            random.doubles(3).toArray(),
            random.doubles(3, 0.1, 2).toArray(),
            random.doubles(20).toArray(),
            random.doubles(20, 0.1, 2).toArray()),
        new ScoringConfig(
            1 + random.nextInt(8),
            solvers[random.nextInt(solvers.length)],
            random.nextLong(),
            random.nextDouble()),
        fused(config.dModel(), random),
        distance(ScoreName.COUNT, random),
        distance(config.dModel(), random),
        Map.of("dataset", "test \"bed\"\n", "seed", "42", "steps", "1"));
  }

  private static FusedVerdict fused(int d, Random random) {
    PlaceFit places = new PlaceFit(d);
    for (int f = 0; f < 60; f++) {
      int packets = 1 + random.nextInt(20);
      float[] states = new float[packets * d];
      for (int k = 0; k < states.length; k++) {
        states[k] = (float) random.nextGaussian();
      }
      places.add(states, 0, packets);
    }
    int n = 30;
    double[] scores = random.doubles(n * ScoreName.COUNT).toArray();
    FusedFit fit =
        new FusedFit(
            places.fitted(),
            MahalanobisOas.fit(random.doubles(n * 20).toArray(), n, 20),
            MahalanobisOas.fit(scores, n, ScoreName.COUNT),
            Standardization.fit(scores, n, ScoreName.COUNT));
    BenignReference reference =
        new BenignReference(
            scores,
            random.doubles(n * FusedMeasure.COUNT).toArray(),
            random.ints(n, 0, FlowStratum.COUNT).toArray());
    return FusedVerdict.calibrated(
        fit, reference, random.doubles(n * FusedMeasure.COUNT).toArray());
  }

  private static CalibratedDistance distance(int p, Random random) {
    int n = 40;
    return new CalibratedDistance(
        MahalanobisOas.fit(random.doubles(n * p).toArray(), n, p),
        Calibration.of(random.doubles(n).toArray()));
  }
}
