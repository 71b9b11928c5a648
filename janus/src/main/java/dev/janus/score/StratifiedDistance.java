package dev.janus.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Squared Mahalanobis distance from the benign flows of the same {@link FlowStratum}. A stratum's
 * mean and covariance are drawn towards those of all flows, as if it held {@value #PRIOR_FLOWS}
 * more flows of that kind: a stratum of few flows keeps the OAS fit of all. Immutable and
 * thread-safe.
 */
final class StratifiedDistance {
  /** Chosen on benign flows and the one labelled day that may decide such things. */
  static final double PRIOR_FLOWS = 400;

  private final List<MahalanobisOas> byStratum;

  /**
   * Takes fitted distances.
   *
   * @param byStratum {@link FlowStratum#COUNT} distances of the same dimensions
   */
  StratifiedDistance(List<MahalanobisOas> byStratum) {
    if (byStratum.size() != FlowStratum.COUNT
        || byStratum.stream().mapToInt(MahalanobisOas::dimensions).distinct().count() != 1) {
      throw new IllegalArgumentException("one distance for each stratum, of the same dimensions");
    }
    this.byStratum = List.copyOf(byStratum);
  }

  /**
   * Fits on benign flows.
   *
   * @param vectors {@code [n, p]} row-major
   * @param strata {@link FlowStratum} of each flow, {@code [n]}
   * @throws dev.janus.model.ModelException as {@link MahalanobisOas#fit} does
   */
  static StratifiedDistance fit(double[] vectors, int n, int p, int[] strata) {
    OasFit all = OasFit.of(vectors, n, p);
    return new StratifiedDistance(
        IntStream.range(0, FlowStratum.COUNT)
            .mapToObj(stratum -> {
              int[] rows = IntStream.range(0, n).filter(f -> strata[f] == stratum).toArray();
              return drawnTowards(all, vectors, rows, n);
            })
            .toList());
  }

  private static MahalanobisOas drawnTowards(OasFit all, double[] vectors, int[] rows, int n) {
    int p = all.mean().length;
    double[] mean = Arrays.stream(all.mean()).map(m -> m * PRIOR_FLOWS).toArray();
    for (int row : rows) {
      for (int c = 0; c < p; c++) {
        mean[c] += vectors[row * p + c];
      }
    }
    double weight = PRIOR_FLOWS + rows.length;
    for (int c = 0; c < p; c++) {
      mean[c] /= weight;
    }
    double[] covariance = Arrays.stream(all.covariance()).map(v -> v * PRIOR_FLOWS).toArray();
    double[] centred = new double[p];
    for (int row : rows) {
      for (int c = 0; c < p; c++) {
        centred[c] = vectors[row * p + c] - mean[c];
      }
      for (int a = 0; a < p; a++) {
        for (int b = 0; b <= a; b++) {
          covariance[a * p + b] += centred[a] * centred[b];
        }
      }
    }
    double trace = 0;
    for (int a = 0; a < p; a++) {
      for (int b = 0; b <= a; b++) {
        covariance[a * p + b] /= weight;
        covariance[b * p + a] = covariance[a * p + b];
      }
      trace += covariance[a * p + a];
    }
    double[] precision = OasFit.inverse(covariance, p, trace / p);
    return new MahalanobisOas(mean, precision, all.shrinkage(), n);
  }

  /**
   * Squared distance of one vector.
   *
   * @param vectors holds it from {@code offset} on
   * @param stratum its flow's {@link FlowStratum}
   */
  double distance(double[] vectors, int offset, int stratum) {
    return byStratum.get(stratum).distance(vectors, offset);
  }
}
