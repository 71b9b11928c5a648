package dev.janus.score;

import dev.janus.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Fits {@link PlaceDistances} to the packets of benign flows, which come flow by flow and are not
 * kept. Not thread-safe. Kept apart so that scoring loads no third-party class.
 */
final class PlaceFit {
  /** Places with fewer packets are measured by the fit of all packets. */
  private static final int FEWEST = 50;

  /**
   * Added to every variance, as a share of the mean variance of all packets: many benign handshakes
   * are alike to the last digit, and no packet is to be infinitely far from them.
   */
  private static final double FLOOR = 1e-4;

  private final int d;
  private final Moments all;
  private final List<Moments> places = new ArrayList<>();

  /** Of states of {@code d} numbers. */
  PlaceFit(int d) {
    this.d = d;
    this.all = new Moments(d);
    for (int place = 0; place < PlaceDistances.PLACES; place++) {
      places.add(new Moments(d));
    }
  }

  /** Takes the packets of one benign flow, {@code [packets, d]} from {@code offset} on. */
  void add(float[] states, int offset, int packets) {
    for (int p = 0; p < packets; p++) {
      all.add(states, offset + p * d);
      places.get(Math.min(p, PlaceDistances.PLACES - 1)).add(states, offset + p * d);
    }
  }

  /**
   * The distances.
   *
   * @throws ModelException when there are fewer than 2 packets, or all are alike
   */
  PlaceDistances fitted() {
    if (all.count() < 2) {
      throw new ModelException(
          "hidden states: at least 2 benign packets are needed, here are " + all.count());
    }
    OasFit ofAll = OasFit.of(all.mean(), all.covariance(), all.count());
    double floor = FLOOR * trace(ofAll.covariance()) / d;
    return new PlaceDistances(
        places.stream()
            .map(place ->
                place.count() < FEWEST
                    ? whitened(ofAll.mean(), ofAll.covariance(), 0)
                    : whitened(place.mean(), shrunk(place), floor))
            .toList());
  }

  /** Alike packets, which have no covariance to shrink, are left to the floor. */
  private static double[] shrunk(Moments place) {
    double[] covariance = place.covariance();
    boolean varies = Arrays.stream(covariance).anyMatch(value -> value != 0);
    return varies ? OasFit.of(place.mean(), covariance, place.count()).covariance() : covariance;
  }

  private double trace(double[] covariance) {
    double trace = 0;
    for (int a = 0; a < d; a++) {
      trace += covariance[a * d + a];
    }
    return trace;
  }

  private WhitenedDistance whitened(double[] mean, double[] covariance, double floor) {
    RealMatrix matrix = new Array2DRowRealMatrix(d, d);
    for (int k = 0; k < d * d; k++) {
      matrix.setEntry(k / d, k % d, covariance[k] + (k / d == k % d ? floor : 0));
    }
    RealMatrix factor = new CholeskyDecomposition(matrix, 0, 0).getL();
    return new WhitenedDistance(mean, inverseByColumns(factor));
  }

  /** Columns of the inverse of a lower triangular matrix, by forward substitution. */
  private double[] inverseByColumns(RealMatrix factor) {
    double[] columns = new double[d * d];
    for (int b = 0; b < d; b++) {
      for (int a = b; a < d; a++) {
        double rest = a == b ? 1 : 0;
        for (int k = b; k < a; k++) {
          rest -= factor.getEntry(a, k) * columns[b * d + k];
        }
        columns[b * d + a] = rest / factor.getEntry(a, a);
      }
    }
    return columns;
  }
}
