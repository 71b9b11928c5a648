package dev.janus.bench.product;

import dev.janus.bench.duel.Agreement;
import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.DuelResult;
import dev.janus.bench.duel.Statistics;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** One product against one peer over many shapes. */
final class ProductComparison {
  private static final String UNIT = "GF/s";

  /** Largest difference to a peer relative to the result's root mean square. */
  private static final double TOLERANCE = 1e-4;

  /** Tokens that all modes measure with all peers. */
  private static final int[] QUICK_TOKENS = {65, 1040};

  private static final int[] WARM_UP_TOKENS = {520, 65, 16};
  private static final double WARM_UP_SECONDS = 0.25;

  private final Measurement measurement;
  private final Operation operation;
  private final int[] tokens;
  private final Kernels kernels = KernelSelection.best();

  ProductComparison(Measurement measurement, Operation operation, int... tokens) {
    this.measurement = measurement;
    this.operation = operation;
    this.tokens = tokens;
    compile();
  }

  /**
   * Compiling a micro-kernel takes a busy core up to half a second, and there are tiles for the
   * last rows too: before anything is timed, all layers run with many and with few rows.
   */
  private void compile() {
    for (Shape shape : Shape.model(WARM_UP_TOKENS)) {
      Duel.warmUp(new EngineProduct(kernels, Problem.of(operation, shape)), WARM_UP_SECONDS);
    }
  }

  /**
   * Measures all shapes against a peer and adds a row with the geometric means.
   *
   * @return the results; empty when the peer does not load here
   */
  List<ShapeResult> against(ProductPeer peer, String rowName, Bar bar) throws Exception {
    List<ShapeResult> results = new ArrayList<>();
    boolean ran =
        measurement.withPeer(
            new Measurement.MissingPeer(peer.label(), rowName, UNIT, bar),
            () -> {
              for (Shape shape : shapes(peer)) {
                results.add(duel(shape, peer));
              }
            });
    if (!ran) {
      return List.of();
    }
    measurement.add(
        Row.against(
            peer.label(),
            rowName,
            UNIT,
            mean(results, ShapeResult::oursGflops),
            mean(results, ShapeResult::peerGflops),
            mean(results, ShapeResult::ratio),
            bar));
    return results;
  }

  /** Adds a row for the shape where the ratio is smallest. */
  void addLeast(ProductPeer peer, String rowName, List<ShapeResult> results, Bar bar) {
    results.stream()
        .min(Comparator.comparingDouble(ShapeResult::ratio))
        .ifPresent(least ->
            measurement.add(
                Row.against(
                    peer.label(),
                    rowName + ", at " + least.shape(),
                    UNIT,
                    least.oursGflops(),
                    least.peerGflops(),
                    least.ratio(),
                    bar)));
  }

  private List<Shape> shapes(ProductPeer peer) {
    return Shape.model(measurement.quick() && !peer.isFast() ? QUICK_TOKENS : tokens);
  }

  private ShapeResult duel(Shape shape, ProductPeer peer) {
    Problem problem = Problem.of(operation, shape);
    try (EngineProduct ours = new EngineProduct(kernels, problem);
        Product theirs = peer.product(problem)) {
      ours.run();
      theirs.run();
      Agreement.require(
          operation + " " + shape + " against " + peer.label(),
          ours.result(),
          theirs.result(),
          TOLERANCE);
      DuelResult result = Duel.between(ours, theirs, measurement.effort().operator());
      ShapeResult figures =
          new ShapeResult(
              shape,
              shape.flops() / result.oursNanos(),
              shape.flops() / result.peerNanos(),
              result.ratio());
      measurement.progress(
          String.format(
              Locale.ROOT,
              "%s %s: ours %.1f, %s %.1f GF/s, ratio %.2f",
              operation.name().toLowerCase(Locale.ROOT),
              shape,
              figures.oursGflops(),
              peer.label(),
              figures.peerGflops(),
              figures.ratio()));
      return figures;
    }
  }

  private static double mean(List<ShapeResult> results, Function<ShapeResult, Double> figure) {
    return Statistics.geometricMean(results.stream().map(figure).toList());
  }
}
