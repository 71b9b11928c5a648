package dev.janus.baselines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/**
 * Mixture of normal densities with full covariances, fitted by expectation maximisation from the
 * clusters of k-means++. Immutable and thread-safe.
 *
 * <p>No variance, along any axis of any component, is below {@value #SMALLEST_VARIANCE}: features
 * that are constant in a component would else make the likelihood infinite. The covariance that is
 * most likely under that bound is the sample's with its smaller eigenvalues raised to it, so the
 * likelihood never falls from one step to the next, as without a bound.
 */
final class GaussianMixture {
  /** For features of standard deviation 1. */
  static final double SMALLEST_VARIANCE = 1e-3;

  static final int MOST_STEPS = 100;

  /** Fitting ends when a step raises the mean log-likelihood by less. */
  static final double SMALLEST_GAIN = 1e-3;

  private static final int CLUSTERING_STEPS = 30;

  /** Vectors that a component needs to be kept; without them it says nothing about any. */
  private static final double SMALLEST_WEIGHT = 1e-6;

  private final List<GaussianComponent> components;

  private GaussianMixture(List<GaussianComponent> components) {
    this.components = List.copyOf(components);
  }

  /**
   * A fit with its course.
   *
   * @param logLikelihoods mean log-likelihood of the vectors, before each step and after the last
   */
  record Fit(GaussianMixture mixture, List<Double> logLikelihoods) {
    Fit {
      logLikelihoods = List.copyOf(logLikelihoods);
    }
  }

  /**
   * Fits.
   *
   * @param vectors {@code [n][d]}, n at least 1
   * @param components number of densities; fewer where there are fewer different vectors
   * @param seed seed of the first clusters
   * @param check called before each step; what it throws ends the fit
   */
  static Fit fit(double[][] vectors, int components, long seed, Runnable check) {
    GaussianMixture mixture = clustered(vectors, components, seed);
    List<Double> course = new ArrayList<>();
    while (true) {
      check.run();
      double[][] shares = new double[vectors.length][];
      double logLikelihood = mixture.expect(vectors, shares);
      double gain = course.isEmpty() ? Double.MAX_VALUE : logLikelihood - course.getLast();
      course.add(logLikelihood);
      if (gain < SMALLEST_GAIN || course.size() > MOST_STEPS) {
        return new Fit(mixture, course);
      }
      mixture = maximized(vectors, shares, mixture.components.size());
    }
  }

  /** A vector that is told from equal ones. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Point(double[][] vectors, int row) implements Clusterable {
    @Override
    public double[] getPoint() {
      return vectors[row];
    }
  }

  /** One component per cluster. */
  private static GaussianMixture clustered(double[][] vectors, int components, long seed) {
    int different =
        (int) Arrays.stream(vectors).map(DoublePoint::new).distinct().limit(components).count();
    List<CentroidCluster<Point>> clusters =
        new KMeansPlusPlusClusterer<Point>(
                different, CLUSTERING_STEPS, new EuclideanDistance(), new Well19937c(seed))
            .cluster(
                IntStream.range(0, vectors.length).mapToObj(r -> new Point(vectors, r)).toList());
    double[][] shares = new double[vectors.length][clusters.size()];
    for (int c = 0; c < clusters.size(); c++) {
      for (Point point : clusters.get(c).getPoints()) {
        shares[point.row()][c] = 1;
      }
    }
    return maximized(vectors, shares, clusters.size());
  }

  /**
   * Writes each vector's shares in the components.
   *
   * @return the mean log-likelihood
   */
  private double expect(double[][] vectors, double[][] shares) {
    double[] logLikelihoods = new double[vectors.length];
    IntStream.range(0, vectors.length)
        .parallel()
        .forEach(row -> {
          double[] logs = logDensities(vectors[row]);
          double logSum = logSum(logs);
          for (int c = 0; c < logs.length; c++) {
            logs[c] = Math.exp(logs[c] - logSum);
          }
          shares[row] = logs;
          logLikelihoods[row] = logSum;
        });
    double sum = 0;
    for (double logLikelihood : logLikelihoods) {
      sum += logLikelihood;
    }
    return sum / vectors.length;
  }

  /** The most likely components for the shares. A component without vectors is left out. */
  private static GaussianMixture maximized(double[][] vectors, double[][] shares, int components) {
    List<GaussianComponent> found =
        IntStream.range(0, components)
            .parallel()
            .mapToObj(c -> component(vectors, shares, c))
            .flatMap(List::stream)
            .toList();
    return new GaussianMixture(found);
  }

  private static List<GaussianComponent> component(double[][] vectors, double[][] shares, int c) {
    if (Arrays.stream(shares).mapToDouble(share -> share[c]).sum() < SMALLEST_WEIGHT) {
      return List.of();
    }
    Covariance covariance = Covariance.of(vectors, row -> shares[row][c]);
    return List.of(
        GaussianComponent.of(covariance, covariance.weight() / vectors.length, SMALLEST_VARIANCE));
  }

  private double[] logDensities(double[] vector) {
    return components.stream().mapToDouble(c -> c.logDensity(vector)).toArray();
  }

  private static double logSum(double[] logs) {
    double largest = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - largest);
    }
    return largest + Math.log(sum);
  }

  /** Logarithm of the density. */
  double logDensity(double[] vector) {
    return logSum(logDensities(vector));
  }

  /** Number of components. */
  int size() {
    return components.size();
  }
}
