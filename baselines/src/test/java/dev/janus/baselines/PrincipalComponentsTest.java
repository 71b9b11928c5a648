package dev.janus.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrincipalComponentsTest {
  @Test
  void theFewestComponentsAreKept() {
    assertThat(PrincipalComponents.components(new double[] {95, 5, 0})).isEqualTo(1);
    assertThat(PrincipalComponents.components(new double[] {94, 5, 1})).isEqualTo(2);
    assertThat(PrincipalComponents.components(new double[] {1, 1, 1, 1})).isEqualTo(4);
    assertThat(PrincipalComponents.components(new double[] {0, 0})).isZero();
  }

  @Test
  void whatLiesOnALineIsReconstructedAndADistanceFromItIsTheError() {
    double[][] line = {{0, 0}, {1, 1}, {2, 2}, {5, 5}};
    Covariance covariance = Covariance.of(line);
    assertThat(PrincipalComponents.components(covariance.variances())).isEqualTo(1);
    assertThat(PrincipalComponents.error(covariance, 1, new double[] {-3, -3}))
        .isCloseTo(0, within(1e-12));
    assertThat(PrincipalComponents.error(covariance, 1, new double[] {1, 3}))
        .isCloseTo(2, within(1e-12));
  }

  /** The singular vectors of the centred data are the axes; Commons Math projects and rebuilds. */
  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void theErrorIsThatOfRebuildingFromSingularVectors(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] mixing = TestFlows.normal(6, 6, random);
    double[][] vectors =
        Arrays.stream(TestFlows.normal(80, 6, random))
            .map(vector -> new Array2DRowRealMatrix(mixing).operate(vector))
            .toArray(double[][]::new);
    Covariance covariance = Covariance.of(vectors);
    RealMatrix centred = new Array2DRowRealMatrix(vectors);
    RealVector mean = new ArrayRealVector(covariance.mean());
    for (int row = 0; row < vectors.length; row++) {
      centred.setRowVector(row, centred.getRowVector(row).subtract(mean));
    }
    SingularValueDecomposition svd = new SingularValueDecomposition(centred);
    for (int axis = 0; axis < 6; axis++) {
      double singular = svd.getSingularValues()[axis];
      assertThat(covariance.variances()[axis])
          .isCloseTo(singular * singular / vectors.length, within(1e-9));
    }
    int kept = PrincipalComponents.components(covariance.variances());
    assertThat(kept).isBetween(2, 6);
    RealMatrix axes = svd.getV().getSubMatrix(0, 5, 0, kept - 1);
    for (double[] vector : TestFlows.normal(20, 6, random)) {
      RealVector offset = new ArrayRealVector(vector).subtract(mean);
      RealVector rebuilt = axes.operate(axes.preMultiply(offset));
      double error = offset.subtract(rebuilt).getNorm();
      assertThat(PrincipalComponents.error(covariance, kept, vector))
          .isCloseTo(error * error, within(1e-9));
    }
  }

  /** Singular, and of entries that differ by twelve orders of magnitude. */
  @Test
  void degenerateCovariancesAreDecomposedToo() {
    double[][] vectors = TestFlows.normal(30, 5, new SplittableRandom(44));
    for (double[] vector : vectors) {
      vector[1] *= 1e-6;
      vector[2] = 3;
      vector[4] = vector[0] - 2 * vector[3];
    }
    Covariance covariance = Covariance.of(vectors);
    assertThat(covariance.variances()[2]).isBetween(1e-13, 1e-11);
    assertThat(covariance.variances()[3]).isLessThan(1e-15);
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b < 5; b++) {
        double product =
            new ArrayRealVector(covariance.axes()[a])
                .dotProduct(new ArrayRealVector(covariance.axes()[b]));
        assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-12));
      }
    }
    for (double[] vector : vectors) {
      assertThat(PrincipalComponents.error(covariance, 3, vector)).isLessThan(1e-12);
    }
  }

  @Test
  void weightsCountLikeRepeatedVectors() {
    double[][] vectors = {{1, 0}, {4, 2}, {0, -3}};
    double[][] repeated = {{1, 0}, {4, 2}, {4, 2}, {0, -3}, {0, -3}, {0, -3}};
    Covariance weighted = Covariance.of(vectors, row -> row + 1);
    Covariance plain = Covariance.of(repeated);
    assertThat(weighted.weight()).isEqualTo(6);
    assertThat(weighted.mean()).containsExactly(plain.mean(), within(1e-12));
    assertThat(weighted.variances()).containsExactly(plain.variances(), within(1e-12));
  }
}
