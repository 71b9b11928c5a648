package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Explanations of the flows of a bundled capture, by a network small enough for seconds. */
final class ExplainCommandTest {
  private static final int FLOWS = 398;
  private static final String EVIDENCE =
      "  Evidence, by its part of d2 (a share of a terminal score is one of its square)";

  @TempDir private static Path folder = Path.of("");

  /** What score says of each flow, by flow_id. */
  private static List<JsonTree> scored = List.of();

  @BeforeAll
  static void trainAndScore() throws IOException {
    Path config = folder.resolve("run.yaml");
    Files.writeString(
        config,
        """
        model: {d_model: 16, n_layers: 1, n_heads: 2}
        training: {steps: 12, batch_size: 16}
        benign_labels: [UNLABELLED]
        """);
    Path capture = CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz");
    succeeded(CliRun.of("extract", "--pcap", capture, "--out", data()));
    succeeded(CliRun.of("train", "--config", config, "--data", data(), "--out", model()));
    List<JsonTree> flows = new ArrayList<>();
    for (String line :
        succeeded(CliRun.of("score", "--model", model(), "--pcap", capture, "--json"))
            .outputLines()) {
      flows.add(JsonTree.parse(line));
    }
    flows.sort(Comparator.comparingDouble(flow -> flow.at("flow_id").number()));
    scored = List.copyOf(flows);
  }

  @Test
  void everyPartIsInTheJsonAndAddsUpToWhatScoreSays() throws IOException {
    CliRun run = explain("--top", FLOWS + 1, "--json");
    assertThat(run.outputLines()).hasSize(FLOWS);
    for (String line : run.outputLines()) {
      JsonTree flow = JsonTree.parse(line);
      JsonTree score = scored.get((int) flow.at("flow_id").number());
      for (String same :
          List.of(
              "fused",
              "fused_p_value",
              "d2",
              "p_value",
              "hidden",
              "hidden_p_value",
              "src_ip",
              "packets")) {
        assertThat(flow.at(same)).as(same).isEqualTo(score.at(same));
      }
      List<JsonTree> packets = list(flow.at("packet_parts"));
      List<JsonTree> channels =
          packets.stream().flatMap(p -> list(p.at("channels")).stream()).toList();
      List<JsonTree> bits = packets.stream().flatMap(p -> list(p.at("bits")).stream()).toList();
      List<JsonTree> features = list(flow.at("feature_parts"));
      assertThat(packets).hasSize((int) flow.at("packets_read").number());
      addsUp(list(flow.at("scores")), part("d2"), flow.at("d2").number());
      addsUp(packets, part("hidden"), flow.at("hidden").number());
      addsUp(features, part("features"), score.at("features").number());
      addsUp(list(flow.at("scores")), part("z"), score.at("sum").number());
      double terminalPacket = score.at("terminal_packet").number();
      addsUp(channels, part("terminal_packet_squared"), terminalPacket * terminalPacket);
      double terminalFlow = score.at("terminal_flow").number();
      addsUp(features, part("terminal_flow_squared"), terminalFlow * terminalFlow);
      double terminalNorm = score.at("terminal_norm").number();
      List<JsonTree> both = new ArrayList<>(channels);
      both.addAll(features);
      addsUp(both, part("terminal_norm_squared"), terminalNorm * terminalNorm);
      addsUp(bits, part("disc_nll"), score.at("disc_nll_total").number());
      addsUp(
          bits.stream().filter(bit -> "syn".equals(bit.at("channel").value())).toList(),
          part("disc_nll"),
          score.at("disc_nll_ch3").number());
    }
  }

  private static ToDoubleFunction<JsonTree> part(String key) {
    return part -> part.at(key).number();
  }

  private static void addsUp(List<JsonTree> parts, ToDoubleFunction<JsonTree> part, double whole) {
    double sizes = parts.stream().mapToDouble(p -> Math.abs(part.applyAsDouble(p))).sum();
    assertThat(parts.stream().mapToDouble(part).sum()).isCloseTo(whole, rounding(sizes));
  }

  private static Offset<Double> rounding(double sizes) {
    return within(1e-9 * Math.max(1, sizes));
  }

  @Test
  void jsonHasTheAgreedKeys() throws IOException {
    JsonTree flow = JsonTree.parse(explain("--flow", 7, "--json", "--lines", 3).out());
    assertThat(flow.keys())
        .containsExactly(
            "flow_id",
            "label",
            "src_ip",
            "src_port",
            "dst_ip",
            "dst_port",
            "protocol",
            "start_us",
            "end_us",
            "capture",
            "packets",
            "packets_read",
            "fused",
            "fused_p_value",
            "measures",
            "leading_measure",
            "d2",
            "p_value",
            "hidden",
            "hidden_p_value",
            "scores",
            "packet_parts",
            "feature_parts",
            "fused_evidence",
            "evidence",
            "hidden_evidence");
    assertThat(flow.at("scores").at(0).keys())
        .containsExactly("name", "value", "benign_mean", "reference_mean", "d2", "oas", "z");
    JsonTree packet = flow.at("packet_parts").at(0);
    assertThat(packet.keys())
        .containsExactly(
            "packet",
            "sender",
            "size_bytes",
            "iat_us",
            "flags",
            "window_bytes",
            "hidden",
            "at_place",
            "channels",
            "bits");
    assertThat(packet.at("packet").number()).isEqualTo(1);
    assertThat(packet.at("sender").value()).isEqualTo("initiator");
    assertThat(packet.at("channels").at(0).keys())
        .containsExactly(
            "channel", "latent", "terminal_packet_squared", "terminal_norm_squared", "d2");
    assertThat(packet.at("bits").at(5).keys())
        .containsExactly("channel", "bit", "probability", "disc_nll", "d2");
    assertThat(flow.at("feature_parts").size()).isEqualTo(20);
    assertThat(flow.at("feature_parts").at(19).keys())
        .containsExactly(
            "feature",
            "value",
            "benign_mean",
            "latent",
            "terminal_flow_squared",
            "terminal_norm_squared",
            "d2",
            "features");
    assertThat(flow.at("evidence").size()).isEqualTo(3);
    assertThat(flow.at("evidence").at(0).keys()).containsExactly("part", "text");
  }

  @ParameterizedTest
  @CsvSource({"fused", "d2", "hidden"})
  void topFlowsAreThoseWithTheLargestDistance(String by) throws IOException {
    List<Double> distances = new ArrayList<>();
    for (String line : explain("--top", 5, "--by", by, "--json").outputLines()) {
      distances.add(JsonTree.parse(line).at(by).number());
    }
    assertThat(distances)
        .isEqualTo(
            scored.stream()
                .map(flow -> flow.at(by).number())
                .sorted(Comparator.reverseOrder())
                .limit(5)
                .toList());
  }

  @Test
  void textShowsScoresAndEvidenceThatAddUp() throws IOException {
    CliRun run = explain("--flow", 17, 3, "--lines", 4);
    List<String> lines = run.outputLines();
    assertThat(lines.getFirst()).startsWith("Flow 17, UNLABELLED: ");
    assertThat(lines.stream().filter(line -> line.startsWith("Flow "))).hasSize(2);
    assertThat(run.out()).contains("\n\nFlow 3, UNLABELLED: ");
    int first = lines.indexOf(EVIDENCE) + 1;
    List<String> evidence = lines.subList(first, first + 5);
    assertThat(evidence.subList(0, 4))
        .allMatch(line -> line.matches(" +\\d+\\.\\d\\d  (packet \\d+ \\(.+\\)|flow): .+"));
    assertThat(evidence.getLast()).matches(" +-?\\d+\\.\\d\\d  \\d+ other parts");
    double sum =
        evidence.stream()
            .mapToDouble(line -> Double.parseDouble(line.strip().split(" ", 2)[0]))
            .sum();
    // Each line is rounded to a hundredth.
    assertThat(sum).isCloseTo(scored.get(17).at("d2").number(), within(0.026));
    assertThat(lines).anyMatch(line -> line.matches("  sum +-?\\d+\\.\\d\\d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--flow 398 | --flow 398: DIR holds flows 0 to 397",
        "--flow -1 | --flow -1: DIR holds flows 0 to 397",
        "--flow 1 --top 3 | --flow names the flows; leave out --top",
        "--flow 1 --by hidden | --flow names the flows; leave out --by",
        "--top 0 | --top must be 1 or more, not 0",
        "--lines 0 | --lines must be 1 or more, not 0",
        "--flow x | Invalid value for option '--flow'",
      })
  void badRequestsAreOneLine(String arguments, String message) {
    CliRun run = run(arguments.split(" "));
    assertThat(run.ended(ExitCode.USAGE)).as(run.err()).isTrue();
    assertThat(run.out()).isEmpty();
    assertThat(run.errorLines())
        .hasSize(1)
        .first()
        .asString()
        .contains(message.replace("DIR", data().toString()));
  }

  @Test
  void dataThatIsNotThereIsSaid() {
    CliRun run = CliRun.of("explain", "--model", model(), "--data", folder.resolve("none"));
    assertThat(run.ended(ExitCode.NO_INPUT)).as(run.err()).isTrue();
    assertThat(run.errorLines()).hasSize(1);
  }

  @Test
  void anInterruptionEndsIt() {
    Interruption interruption = new Interruption();
    interruption.request();
    CliRun run = CliRun.of(interruption, "explain", "--model", model(), "--data", data());
    assertThat(run.ended(ExitCode.INTERRUPTED)).isTrue();
    assertThat(run.out()).isEmpty();
  }

  private static CliRun explain(Object... arguments) {
    return succeeded(run(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new)));
  }

  private static CliRun run(String... arguments) {
    List<Object> all = new ArrayList<>(List.of("explain", "--model", model(), "--data", data()));
    all.addAll(List.of(arguments));
    return CliRun.of(all.toArray());
  }

  private static CliRun succeeded(CliRun run) {
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    return run;
  }

  private static List<JsonTree> list(JsonTree tree) {
    return IntStream.range(0, tree.size()).mapToObj(tree::at).toList();
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path model() {
    return folder.resolve("model");
  }
}
