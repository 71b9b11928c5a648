package dev.janus.baselines;

import dev.janus.contract.flow.FlowSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Isolation forest (Liu, Ting and Zhou, ICDM 2008) on the twenty raw features, whose scale it does
 * not feel: {@value #TREES} trees, each grown on {@value #SAMPLE} training flows drawn without
 * replacement, and no higher than the binary logarithm of that. The score is {@code 2^(-E[path] /
 * c(sample))}. Draws from at most {@value #MOST_FLOWS} training flows, evenly over their order.
 */
final class IsolationForest implements Detector {
  static final int TREES = 100;
  static final int SAMPLE = 256;
  static final int MOST_FLOWS = 200_000;

  @Override
  public String name() {
    return "isolation-forest";
  }

  @Override
  public String description() {
    return "isolation forest of 100 trees on 256 training flows each, on the 20 features";
  }

  @Override
  public FittedDetector fit(FlowSource flows, int[] rows, long seed, Runnable check) {
    FlowVectors.Form raw = FlowVectors.Form.raw();
    double[][] vectors = new TrainingRows(flows, rows, check).thinned(MOST_FLOWS).vectors(raw);
    SplittableRandom random = new SplittableRandom(seed);
    int sample = Math.min(SAMPLE, vectors.length);
    List<IsolationTree> trees =
        Stream.generate(() -> tree(vectors, sample, random)).limit(TREES).toList();
    return FlowVectors.detector(raw, vector -> score(trees, sample, vector));
  }

  private static IsolationTree tree(double[][] vectors, int sample, SplittableRandom random) {
    int heightLimit = Integer.SIZE - Integer.numberOfLeadingZeros(sample - 1);
    return IsolationTree.grow(drawn(vectors, sample, random), heightLimit, random);
  }

  /** The beginning of a random permutation; leaves {@code vectors} in another order. */
  private static double[][] drawn(double[][] vectors, int count, SplittableRandom random) {
    for (int k = 0; k < count; k++) {
      int other = random.nextInt(k, vectors.length);
      double[] swapped = vectors[k];
      vectors[k] = vectors[other];
      vectors[other] = swapped;
    }
    return Arrays.copyOf(vectors, count);
  }

  static double score(List<IsolationTree> trees, int sample, double[] vector) {
    double total = 0;
    for (IsolationTree tree : trees) {
      total += tree.pathLength(vector);
    }
    return Math.pow(2, -total / trees.size() / IsolationTree.averagePathLength(sample));
  }
}
