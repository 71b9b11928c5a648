package dev.janus.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IsolationForestTest {
  /** c(n) is 2 H(n-1) - 2 (n-1)/n; for small n with the logarithm for the harmonic number. */
  @Test
  void theNormalizerIsThatOfThePaper() {
    assertThat(IsolationTree.averagePathLength(0)).isZero();
    assertThat(IsolationTree.averagePathLength(1)).isZero();
    assertThat(IsolationTree.averagePathLength(2)).isEqualTo(1);
    assertThat(IsolationTree.averagePathLength(3)).isCloseTo(1.207392, within(1e-6));
    assertThat(IsolationTree.averagePathLength(256)).isCloseTo(10.244770, within(1e-6));
    double harmonic = 0;
    for (int i = 1; i < 5000; i++) {
      harmonic += 1.0 / i;
    }
    assertThat(IsolationTree.averagePathLength(5000))
        .isCloseTo(2 * harmonic - 2 * 4999 / 5000.0, within(3e-4));
  }

  @Test
  void pathsAreCountedAndLeavesExtended() {
    IsolationTree tree =
        new IsolationTree.Split(
            0,
            5,
            new IsolationTree.Leaf(2),
            new IsolationTree.Split(1, -1, new IsolationTree.Leaf(1), new IsolationTree.Leaf(3)));
    assertThat(tree.pathLength(new double[] {4, 0})).isEqualTo(2);
    assertThat(tree.pathLength(new double[] {5, -2})).isEqualTo(2);
    assertThat(tree.pathLength(new double[] {5, -1})).isCloseTo(2 + 1.207392, within(1e-6));
    double score = IsolationForest.score(List.of(tree, tree), 256, new double[] {4, 0});
    assertThat(score).isCloseTo(Math.pow(2, -2 / 10.244770), within(1e-6));
  }

  /** In one dimension one can count: a tree keeps splitting until every vector has its leaf. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aTreeWithoutLimitIsolatesEveryVector(long seed) {
    double[][] sample = TestFlows.normal(50, 3, new SplittableRandom(seed));
    IsolationTree tree = IsolationTree.grow(sample, 1000, new SplittableRandom(seed));
    assertThat(leaves(tree).filter(leaf -> leaf.size() == 1).count()).isEqualTo(50);
    assertThat(leaves(tree).count()).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noPathIsLongerThanTheLimit(long seed) {
    double[][] sample = TestFlows.normal(256, 4, new SplittableRandom(seed));
    IsolationTree tree = IsolationTree.grow(sample, 8, new SplittableRandom(seed));
    assertThat(height(tree)).isEqualTo(8);
    assertThat(leaves(tree).mapToInt(IsolationTree.Leaf::size).sum()).isEqualTo(256);
  }

  @Test
  void equalVectorsAndConstantFeaturesEndInOneLeaf() {
    double[][] equal = {{1, 2}, {1, 2}, {1, 2}};
    assertThat(IsolationTree.grow(equal, 8, new SplittableRandom(1)))
        .isEqualTo(new IsolationTree.Leaf(3));
    double[][] half = {{1, 2}, {1, 3}};
    assertThat(IsolationTree.grow(half, 8, new SplittableRandom(1)))
        .isInstanceOfSatisfying(
            IsolationTree.Split.class, split -> assertThat(split.feature()).isEqualTo(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void anIsolatedPointScoresAboveTheCluster(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] sample = TestFlows.normal(256, 2, random);
    sample[0] = new double[] {9, -9};
    List<IsolationTree> trees =
        Stream.generate(() -> IsolationTree.grow(sample, 8, random)).limit(100).toList();
    double isolated = IsolationForest.score(trees, 256, sample[0]);
    double highest =
        Arrays.stream(sample)
            .skip(1)
            .mapToDouble(vector -> IsolationForest.score(trees, 256, vector))
            .max()
            .orElseThrow();
    assertThat(isolated).isGreaterThan(highest).isBetween(0.6, 1.0);
  }

  private static Stream<IsolationTree.Leaf> leaves(IsolationTree tree) {
    return switch (tree) {
      case IsolationTree.Leaf leaf -> Stream.of(leaf);
      case IsolationTree.Split split -> Stream.concat(leaves(split.below()), leaves(split.above()));
    };
  }

  private static int height(IsolationTree tree) {
    return switch (tree) {
      case IsolationTree.Leaf leaf -> 0;
      case IsolationTree.Split split -> 1 + Math.max(height(split.below()), height(split.above()));
    };
  }
}
