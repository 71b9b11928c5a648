package dev.janus.bench.product;

import dev.janus.bench.duel.Statistics;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.JavaProcess;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The scalar kernels, and whether the kernels a JVM chooses are ever slower than they are. Each
 * figure is taken in JVMs of its own, alternating between chosen and scalar kernels.
 */
public final class ScalarGroup implements Group {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String SCALAR = "-Djanus.kernels=scalar";
  private static final String COMPILE_IN_FOREGROUND = "-Xbatch";
  private static final List<String> OPTIONS =
      List.of("-XX:UseAVX=2", "-XX:UseAVX=1", "-XX:TieredStopAtLevel=1");
  private static final List<String> QUICK_OPTIONS =
      List.of("-XX:UseAVX=2", "-XX:TieredStopAtLevel=1");
  private static final int QUICK_PAIRS = 1;
  private static final int FULL_PAIRS = 5;
  private static final Bar SPEED_BAR = Bar.oursAtLeast(35);
  private static final Bar NEVER_SLOWER = Bar.ratioAtLeast(1);

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public String summary() {
    return "scalar kernels, and the chosen kernels against them in weaker JVMs";
  }

  @Override
  public void run(Measurement measurement) throws IOException {
    Pairs usual = pairs(measurement, List.of());
    measurement.add(
        Row.alone(
            "SGEMM, scalar kernels",
            "GF/s",
            median(usual.scalar(), ProbeResult::gflops),
            SPEED_BAR));
    add(measurement, usual, "this JVM", Bar.NONE);
    for (String option : measurement.quick() ? QUICK_OPTIONS : OPTIONS) {
      add(measurement, pairs(measurement, List.of(option)), option, NEVER_SLOWER);
    }
  }

  /** Results of JVMs with chosen and with scalar kernels, in the order they ran. */
  private record Pairs(List<ProbeResult> chosen, List<ProbeResult> scalar) {
    String chosenKernels() {
      return chosen.getFirst().kernels();
    }

    boolean same() {
      return chosenKernels().equals(scalar.getFirst().kernels());
    }
  }

  private static Pairs pairs(Measurement measurement, List<String> options) throws IOException {
    Pairs pairs = new Pairs(new ArrayList<>(), new ArrayList<>());
    List<String> scalarOptions = new ArrayList<>(options);
    scalarOptions.add(SCALAR);
    int count = measurement.quick() ? QUICK_PAIRS : FULL_PAIRS;
    for (int i = 0; i < count; i++) {
      pairs.chosen().add(probe(measurement, options));
      pairs.scalar().add(probe(measurement, scalarOptions));
    }
    return pairs;
  }

  private static ProbeResult probe(Measurement measurement, List<String> options)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(COMPILE_IN_FOREGROUND));
    all.addAll(options);
    List<String> lines = new ArrayList<>();
    String failure =
        JavaProcess.withOptions(all).run(ScalarProbe.class, List.of(), LIMIT, lines::add);
    measurement.progress(String.join(" ", options) + ": " + String.join("; ", lines));
    if (!failure.isEmpty()) {
      throw new IOException("JVM with " + options + ": " + failure);
    }
    return ProbeResult.parse(lines.stream().filter(ProbeResult::isLine).findFirst().orElseThrow());
  }

  private static void add(Measurement measurement, Pairs pairs, String where, Bar bar) {
    String chosen = pairs.chosenKernels() + " chosen, " + where;
    measurement.add(
        row(
            "SGEMM, " + chosen,
            "GF/s",
            pairs,
            ProbeResult::gflops,
            result -> result.gflops(),
            bar));
    measurement.add(
        row(
            "training step, " + chosen,
            "ms",
            pairs,
            ProbeResult::stepMillis,
            result -> 1 / result.stepMillis(),
            bar));
  }

  /** Where the chosen kernels are the scalar ones the ratio is 1: what differs is noise. */
  private static Row row(
      String name,
      String unit,
      Pairs pairs,
      Function<ProbeResult, Double> figure,
      Function<ProbeResult, Double> speed,
      Bar bar) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < pairs.chosen().size(); i++) {
      ratios.add(speed.apply(pairs.chosen().get(i)) / speed.apply(pairs.scalar().get(i)));
    }
    return Row.against(
        pairs.same() ? "scalar kernels (the same)" : "scalar kernels",
        name,
        unit,
        median(pairs.chosen(), figure),
        median(pairs.scalar(), figure),
        pairs.same() ? 1 : Statistics.median(ratios),
        bar);
  }

  private static double median(List<ProbeResult> results, Function<ProbeResult, Double> figure) {
    return Statistics.median(results.stream().map(figure).toList());
  }
}
