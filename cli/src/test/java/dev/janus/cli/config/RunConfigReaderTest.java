package dev.janus.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.label.AddressBlock;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.model.Architecture;
import dev.janus.model.ChannelKinds;
import dev.janus.model.DiscreteSource;
import dev.janus.model.FlowToken;
import dev.janus.model.ModelConfig;
import dev.janus.score.OdeSolver;
import dev.janus.train.MaskedPrediction;
import dev.janus.train.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunConfigReaderTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void emptyFileGivesTheDefaultsOfTheMethod() {
    RunConfig config = read("");
    assertThat(config.model()).isEqualTo(ModelConfig.defaults());
    assertThat(config.training()).isEqualTo(TrainingConfig.defaults(42, 4000));
    assertThat(config.split()).isEqualTo(SplitConfig.defaults());
    assertThat(config.benignLabels()).containsExactly("BENIGN");
    assertThat(config.threads()).isZero();
  }

  @Test
  void everyKeyIsRead() {
    RunConfig config =
        read(
            """
            dataset: mine
            seed: 7
            threads: 3
            model:
              max_packets: 32
              d_model: 64
              n_layers: 2
              n_heads: 2
              reference_mode: all_packets
              channels: discrete
              flow_token: false
              discrete_source: masked
              architecture: janus
            training:
              mask_weight: 0
              mask_ratio: 0.25
              steps: 11
              batch_size: 12
              learning_rate: 2.5e-4
              warmup_steps: 13
              weight_decay: 0.5
              clip_norm: 2
              ema_decay: 0.9
              sigma: 0.6
              lambda_disc: 0.25
              use_ot: false
              sinkhorn_epsilon: 0.1
              sinkhorn_iterations: 14
              checkpoint_steps: 15
            scoring: {ode_steps: 9, solver: heun}
            split: {order: random, train_captures: [a, b], test_captures: c, train: 0.5, validation: 0.25}
            benign_labels: [BENIGN, Normal]
            """);
    assertThat(config.model())
        .isEqualTo(
            new ModelConfig(
                32,
                64,
                2,
                2,
                AttentionMask.FULL,
                ChannelKinds.DISCRETE,
                FlowToken.ABSENT,
                DiscreteSource.MASKED,
                Architecture.JANUS));
    assertThat(config.training())
        .isEqualTo(
            new TrainingConfig(7, 11, 12, 2.5e-4, 13, 0.5, 2, 0.9, 0.6, 0.25, false, 0.1, 14, 15)
                .withMaskedPrediction(new MaskedPrediction(0, 0.25)));
    assertThat(config.scoring().odeSteps()).isEqualTo(9);
    assertThat(config.scoring().solver()).isEqualTo(OdeSolver.HEUN);
    assertThat(config.scoring().sigma()).isEqualTo(0.6);
    assertThat(config.split())
        .isEqualTo(
            new SplitConfig(
                SplitConfig.Order.RANDOM,
                List.of("a", "b"),
                List.of("c"),
                0.5,
                0.25,
                0,
                FlowSelection.ALL));
    assertThat(config.benignLabels()).containsExactlyInAnyOrder("BENIGN", "Normal");
    assertThat(config.threads()).isEqualTo(3);
  }

  @Test
  void writtenConfigurationReadsBackTheSame() {
    RunConfig config =
        read(
            """
            dataset: it's mine
            seed: 9007199254740993
            model: {d_model: 72, n_heads: 3, channels: continuous, flow_token: false}
            training: {sigma: 0.1, learning_rate: 1.0e-3}
            split:
              train_captures: [monday]
              train: 0.8
              validation: 0.1
              gap_hours: 1.5
              protocols: [tcp, ICMPv6, 47]
              hosts: [104.16.248.249, '2001:db8::/33']
              min_packets: 4
              train_per_capture: 200
              test_benign_per_capture: 60
            """);
    assertThat(config.split().selection())
        .isEqualTo(
            new FlowSelection(
                List.of(new IpProtocol(6), new IpProtocol(58), new IpProtocol(47)),
                List.of(
                    AddressBlock.parse("104.16.248.249/32"), AddressBlock.parse("2001:db8::/33")),
                4,
                200,
                60));
    assertThat(read(RunConfigWriter.yaml(config))).isEqualTo(config);
  }

  @Test
  void theUnifiedArchitectureMayPredictMaskedPackets() {
    RunConfig config =
        read("model: {architecture: unified}\ntraining: {mask_weight: 0.3, mask_ratio: 0.25}\n");
    assertThat(config.training().maskedPrediction()).isEqualTo(new MaskedPrediction(0.3, 0.25));
    assertThat(read(RunConfigWriter.yaml(config))).isEqualTo(config);
    assertThat(read("model: {architecture: unified}\n", "training.mask_weight=0.3"))
        .extracting(run -> run.training().maskedPrediction())
        .isEqualTo(new MaskedPrediction(0.3, 0.5));
  }

  @Test
  void overridesWinOverTheFile() {
    RunConfig config =
        read(
            "training: {sigma: 0.1}\n",
            "training.sigma=0.6",
            "split.train_captures=[x, y]",
            "model.d_model=64");
    assertThat(config.training().sigma()).isEqualTo(0.6);
    assertThat(config.split().trainCaptures()).containsExactly("x", "y");
    assertThat(config.model().dModel()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          seeed: 1                     | :1:1: unknown key 'seeed'; did you mean 'seed'?
          "training:\\n  setps: 5"     | :2:3: unknown key 'training.setps'; did you mean 'steps'?
          "model: {width: 5}"          | :1:9: unknown key 'model.width'; known keys: max_packets, d_model, n_layers, n_heads, reference_mode, channels, flow_token, discrete_source, architecture
          "model: {d_model: big}"      | :1:18: 'model.d_model' must be a whole number, not 'big'
          "model: {d_model: 12.5}"     | :1:18: 'model.d_model' must be a whole number, not '12.5'
          "model: {d_model: '64'}"     | :1:18: 'model.d_model' must be a whole number, not '64'
          "model: {d_model: 100}"      | :1:18: model.d_model must be a multiple of 8, not 100
          "model: {n_heads: 3}"        | :1:18: model.n_heads must divide d_model into widths that are multiples of 4, not 3
          "model: 5"                   | :1:8: 'model' must be 'key: value' lines, not '5'
          "training: {steps: 0}"       | :1:19: 'training.steps' must be at least 1, not '0'
          "training: {sigma: 11}"      | :1:19: 'training.sigma' must be between 0 and 10, not '11'
          "training: {sigma: .nan}"    | :1:19: 'training.sigma' must be a number, not '.nan'
          "training: {use_ot: yes}"    | :1:20: 'training.use_ot' must be true or false, not 'yes'
          "training: {use_ot: [true]}" | :1:20: 'training.use_ot' must be true or false, not a list
          "scoring: {solver: rk4}"     | :1:19: 'scoring.solver' must be one of euler, midpoint, heun, not 'rk4'
          "seed: 1\\nseed: 2"          | :2:1: key 'seed' is given twice
          "model: {channels: sizes}"   | :1:19: 'model.channels' must be one of both, continuous, discrete, not 'sizes'
          "model: {flow_token: first}" | :1:21: 'model.flow_token' must be true or false, not 'first'
          "model: {discrete_source: x}" | :1:26: 'model.discrete_source' must be one of uniform, masked, not 'x'
          "model: {architecture: unified, flow_token: false}" | :1:23: model.architecture unified has causal packets, both channels, the flow token and no discrete source
          "training: {mask_weight: 0.3}" | :1:25: training.mask_weight above 0 needs model.architecture: unified; set it to 0 or change the architecture
          "training: {mask_weight: -1}" | :1:25: 'training.mask_weight' must be at least 0, not '-1'
          "training: {mask_ratio: 1}"  | :1:24: training.mask_ratio must be between 0 and 1
          "training: {mask_ratio: 1.5}" | :1:24: 'training.mask_ratio' must be between 0 and 1, not '1.5'
          "split: {validation: 0.9}"   | :1:21: split.validation must be 0 or more and together with train at most 1, not 0.9
          "split: {protocols: [ipx]}"  | :1:20: 'split.protocols': "ipx" is no protocol; write tcp, udp, icmp, icmpv6 or a number
          "split: {min_packets: 0}"    | :1:22: 'split.min_packets' must be at least 1, not '0'
          "[1, 2]"                     | :1:1: expected 'key: value' lines at the top level
          "seed: [1"                   | :1:9: not valid YAML: expected ',' or ']', but got <stream end>
          "seed: 99999999999999999999" | :1:7: 'seed' must be a whole number of at most 64 bits, not '99999999999999999999'
          """)
  void mistakesAreReportedWithPlaceAndHint(String yaml, String expected) {
    Path file = folder.resolve("run.yaml");
    assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
        .isInstanceOfSatisfying(
            CliException.class,
            e -> {
              assertThat(e).hasMessage(file + expected);
              assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          training.sigma=abc | "--set training.sigma=abc: 'training.sigma' must be a number, not 'abc'"
          training.sgima=1   | "--set training.sgima=1: unknown key 'training.sgima'; did you mean 'sigma'?"
          training.sigma     | "--set training.sigma: expected key.path=value, e.g. training.sigma=0.6"
          """)
  void mistakesOnTheCommandLineAreUsageErrors(String override, String expected) {
    assertThatThrownBy(() -> read("seed: 1\n", override))
        .isInstanceOfSatisfying(
            CliException.class,
            e -> {
              assertThat(e).hasMessage(expected);
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            });
  }

  @Test
  void missingFileIsNoInput() {
    Path file = folder.resolve("absent.yaml");
    assertThatThrownBy(() -> RunConfigReader.read(file, List.of()))
        .isInstanceOfSatisfying(
            CliException.class,
            e -> {
              assertThat(e).hasMessage(file + ": cannot be read (does not exist)");
              assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT);
            });
  }

  @Test
  void everyConfigurationOfTheRepositoryIsValid() throws IOException {
    Path configs = Path.of(System.getProperty("janus.testdata", "")).resolveSibling("configs");
    try (var files = Files.list(configs)) {
      List<Path> yaml = files.filter(f -> f.toString().endsWith(".yaml")).toList();
      assertThat(yaml).hasSizeGreaterThanOrEqualTo(16);
      for (Path file : yaml) {
        RunConfig config = RunConfigReader.read(file, List.of());
        assertThat(file.getFileName().toString())
            .startsWith(
                file.endsWith("demo.yaml") ? "demo" : config.dataset() + "_seed" + config.seed());
      }
    }
  }

  private RunConfig read(String yaml, String... overrides) {
    Path file = folder.resolve("run.yaml");
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return RunConfigReader.read(file, List.of(overrides));
  }
}
