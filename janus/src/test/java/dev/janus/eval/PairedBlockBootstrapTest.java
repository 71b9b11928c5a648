package dev.janus.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedBlockBootstrapTest {
  private static final int RESAMPLES = 1000;

  /** Weighting a flow must be the same as having it several times. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void theFiguresOfADrawAreThoseOfCopiesOfItsFlows(long seed) {
    Random random = new Random(seed);
    Sample sample = Sample.random(random, 40 + random.nextInt(700), 1 + random.nextInt(40));
    FlowBlocks flows = sample.blocks();
    double[] scores = sample.scores(random, 2 + random.nextInt(200));
    BlockRanking ranking = new BlockRanking(flows, scores);
    int[] times = flows.once();
    SplittableRandom draws = new SplittableRandom(seed);
    for (int draw = 0; draw < 20; draw++) {
      double[] expected = byCopies(flows, scores, times);
      assertThat(ranking.figures(times)).as("draw %d", draw).containsExactly(expected, near());
      flows.draw(draws, times);
    }
  }

  private static Offset<Double> near() {
    return within(1e-12);
  }

  private static double[] byCopies(FlowBlocks flows, double[] scores, int[] times) {
    int classes = flows.strata().size();
    List<List<Double>> copies = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      copies.add(new ArrayList<>());
    }
    for (int flow = 0; flow < scores.length; flow++) {
      for (int k = 0; k < times[flows.block(flow)]; k++) {
        copies.get(flows.stratum(flow)).add(scores[flow]);
      }
    }
    List<Ranking> rankings =
        copies.stream()
            .skip(1)
            .map(attack -> Ranking.of(array(copies.getFirst()), array(attack)))
            .toList();
    return new double[] {
      mean(rankings, Ranking::auroc),
      mean(rankings, ranking -> ranking.partialAuroc(0.01)),
      mean(rankings, ranking -> ranking.tprAtFpr(0.01))
    };
  }

  private static double mean(List<Ranking> rankings, ToDoubleFunction<Ranking> figure) {
    return rankings.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** One false alarm of 100 is exactly the rate; attacks down to the next benign flow count. */
  @Test
  void attacksBelowTheLastFalseAlarmAllowedAreFound() {
    double[] scores = new double[103];
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      scores[i] = i;
      labels.add("BENIGN");
    }
    scores[100] = 200;
    scores[101] = 98.5;
    scores[102] = 97.5;
    labels.addAll(List.of("bot", "bot", "bot"));
    FlowBlocks flows = flowBlocks(labels, IntStream.range(0, 103).toArray());
    double[] figures = new BlockRanking(flows, scores).figures(flows.once());
    assertThat(figures[ComparedFigure.MACRO_TPR.ordinal()]).isCloseTo(2 / 3.0, near());
    assertThat(figures[ComparedFigure.MACRO_PARTIAL_AUROC.ordinal()]).isCloseTo(1 / 3.0, near());
  }

  @Test
  void everyDrawHoldsEveryClassAndAsManyBlocksOfEach() {
    Sample sample = Sample.random(new Random(5), 300, 9);
    FlowBlocks flows = sample.blocks();
    int[] times = flows.once();
    SplittableRandom random = new SplittableRandom(5);
    int[] sum = new int[times.length];
    for (int draw = 0; draw < 4000; draw++) {
      flows.draw(random, times);
      int first = 0;
      for (FlowBlocks.Stratum stratum : flows.strata()) {
        int drawn = Arrays.stream(times, first, first + stratum.blocks()).sum();
        assertThat(drawn).isEqualTo(stratum.blocks());
        first += stratum.blocks();
      }
      Arrays.setAll(sum, block -> sum[block] + times[block]);
    }
    // Each block is drawn once on average; its count has a deviation below sqrt(1 / 4000).
    assertThat(Arrays.stream(sum).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(3680, 4320));
  }

  @Test
  void aBlockOfSeveralClassesIsABlockInEach() {
    FlowBlocks flows =
        flowBlocks(List.of("x", "BENIGN", "x", "BENIGN", "a"), new int[] {7, 7, 7, 9, 7});
    assertThat(flows.strata())
        .containsExactly(
            new FlowBlocks.Stratum("BENIGN", 2, 2),
            new FlowBlocks.Stratum("a", 1, 1),
            new FlowBlocks.Stratum("x", 2, 1));
    assertThat(IntStream.range(0, 5).map(flows::block)).containsExactly(3, 0, 3, 1, 2);
    assertThat(IntStream.range(0, 5).map(flows::stratum)).containsExactly(2, 0, 2, 0, 1);
  }

  /** Which flows are benign is told, and no matter of their labels. */
  @Test
  void attacksMayBeCalledAsBenignFlowsAre() {
    FlowBlocks flows =
        FlowBlocks.of(
            List.of("BENIGN", "ok", "fine", "BENIGN"),
            new boolean[] {false, true, true, false},
            "benign flows",
            new int[] {1, 1, 2, 2});
    assertThat(flows.strata())
        .containsExactly(
            new FlowBlocks.Stratum("benign flows", 2, 2), new FlowBlocks.Stratum("BENIGN", 2, 2));
    assertThat(IntStream.range(0, 4).map(flows::stratum)).containsExactly(1, 0, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aScoreDoesNotDifferFromItself(long seed) {
    Random random = new Random(seed);
    Sample sample = Sample.random(random, 400, 25);
    double[] scores = sample.scores(random, 90);
    PairedComparison same = compare(sample, scores, scores.clone(), seed);
    assertThat(same.figures())
        .hasSize(3)
        .allSatisfy(figure -> {
          assertThat(figure.difference()).isZero();
          assertThat(figure.lower()).isZero();
          assertThat(figure.upper()).isZero();
          assertThat(figure.pValue()).isEqualTo(1);
        });
    // Figures depend on the order of scores alone.
    double[] stretched = Arrays.stream(scores).map(s -> Math.exp(s / 10) - 3).toArray();
    assertThat(compare(sample, scores, stretched, seed).figures())
        .allSatisfy(figure -> assertThat(figure.pValue()).isEqualTo(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void resultsFollowFromTheSeedAndChangeSignWithTheOrderOfTheScores(long seed) {
    Random random = new Random(seed);
    Sample sample = Sample.random(random, 600, 30);
    double[] a = sample.scores(random, 500);
    double[] b = sample.scores(random, 500);
    PairedComparison forth = compare(sample, a, b, seed);
    assertThat(compare(sample, a, b, seed)).isEqualTo(forth);
    assertThat(compare(sample, a, b, seed + 1)).isNotEqualTo(forth);
    PairedComparison back = compare(sample, b, a, seed);
    for (int f = 0; f < 3; f++) {
      PairedComparison.Figure one = forth.figures().get(f);
      PairedComparison.Figure other = back.figures().get(f);
      assertThat(other.first()).isEqualTo(one.second());
      assertThat(other.difference()).isEqualTo(-one.difference());
      assertThat(other.lower()).isCloseTo(-one.upper(), near());
      assertThat(other.upper()).isCloseTo(-one.lower(), near());
      assertThat(other.pValue()).isEqualTo(one.pValue());
      assertThat(one.lower()).isLessThanOrEqualTo(one.upper());
      assertThat(one.pValue()).isBetween(2 / (RESAMPLES + 1.0), 1.0);
      if (one.lower() > 0 || one.upper() < 0) {
        assertThat(one.pValue()).isLessThan(0.06);
      }
    }
  }

  /** The order in which flows lie in a file decides nothing but which block is drawn when. */
  @Test
  void pointFiguresAreThoseOfTheEvaluation() {
    Random random = new Random(11);
    Sample sample = Sample.random(random, 900, 40);
    double[] a = sample.scores(random, 400);
    double[] b = sample.scores(random, 400);
    double[] both = new double[2 * a.length];
    for (int i = 0; i < a.length; i++) {
      both[2 * i] = a[i];
      both[2 * i + 1] = b[i];
    }
    EvaluationReport report =
        Evaluation.evaluate(
            new ScoredFlows(sample.labels(), benign(sample), a, both, List.of("a", "b")),
            new double[] {1, 2});
    PairedComparison compared = compare(sample, a, b, 1);
    EvaluationReport.ScoreResult second =
        report.singleScores().getOrDefault("b", new EvaluationReport.ScoreResult(-1, List.of()));
    assertThat(compared.figures().get(0).first())
        .isCloseTo(report.verdict().macroAuroc(), within(1e-12));
    assertThat(compared.figures().get(1).first())
        .isCloseTo(report.verdict().macroPartialAuroc(), within(1e-12));
    assertThat(compared.figures().get(0).second()).isCloseTo(second.macroAuroc(), within(1e-12));
    assertThat(compared.figures().get(2).second())
        .isCloseTo(second.macroTprAtFpr().getOrDefault("0.01", -1.0), within(1e-12));
  }

  private static boolean[] benign(Sample sample) {
    boolean[] benign = new boolean[sample.labels().size()];
    for (int i = 0; i < benign.length; i++) {
      benign[i] = sample.labels().get(i).equals("BENIGN");
    }
    return benign;
  }

  @Test
  void aClearlyBetterScoreIsFoundOut() {
    Sample sample = Sample.random(new Random(3), 1500, 60);
    double[] good = new double[1500];
    double[] bad = new double[1500];
    Random random = new Random(4);
    for (int i = 0; i < good.length; i++) {
      int attack = sample.labels().get(i).equals("BENIGN") ? 0 : 1;
      good[i] = random.nextGaussian() + 3 * attack;
      bad[i] = random.nextGaussian() + attack;
    }
    PairedComparison.Figure auroc = compare(sample, good, bad, 3).figures().getFirst();
    assertThat(auroc.lower()).isPositive();
    assertThat(auroc.pValue()).isEqualTo(2 / (RESAMPLES + 1.0));
  }

  /**
   * Two scores of equal worth on flows whose noise is that of their block: intervals of blocks hold
   * zero in about 95 of 100 cases, those of single flows far less often.
   */
  @Test
  void blocksGiveIntervalsThatHoldWhereSingleFlowsDoNot() {
    int trials = 60;
    int heldByBlocks = 0;
    int heldByFlows = 0;
    for (int trial = 0; trial < trials; trial++) {
      Random random = new Random(900 + trial);
      int perBlock = 10;
      int blocks = 60;
      List<String> labels = new ArrayList<>();
      int[] block = new int[blocks * perBlock];
      double[] a = new double[block.length];
      double[] b = new double[block.length];
      for (int k = 0; k < blocks; k++) {
        double noiseA = random.nextGaussian();
        double noiseB = random.nextGaussian();
        for (int i = k * perBlock; i < (k + 1) * perBlock; i++) {
          boolean attack = k % 2 == 1;
          labels.add(attack ? "bot" : "BENIGN");
          block[i] = k;
          a[i] = noiseA + 0.1 * random.nextGaussian() + (attack ? 1 : 0);
          b[i] = noiseB + 0.1 * random.nextGaussian() + (attack ? 1 : 0);
        }
      }
      heldByBlocks += holdsZero(flowBlocks(labels, block), a, b, trial);
      int[] single = IntStream.range(0, block.length).toArray();
      heldByFlows += holdsZero(flowBlocks(labels, single), a, b, trial);
    }
    // Fewer than 50 of 60 would have a probability below 1e-3 at 95 %.
    assertThat(heldByBlocks).isGreaterThanOrEqualTo(50);
    assertThat(heldByFlows).isLessThan(40);
  }

  private static int holdsZero(FlowBlocks flows, double[] a, double[] b, long seed) {
    PairedComparison.Figure auroc =
        PairedBlockBootstrap.compare(flows, a, b, 200, seed, made -> {}).figures().getFirst();
    return auroc.lower() <= 0 && auroc.upper() >= 0 ? 1 : 0;
  }

  /** With one flow a block the interval is that of the AUROC's deviation (DeLong and others). */
  @Test
  void theWidthIsThatOfTheTextbookWhereFlowsAreIndependent() {
    Random random = new Random(77);
    int n = 800;
    double[] a = new double[2 * n];
    double[] useless = new double[2 * n];
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < a.length; i++) {
      boolean attack = i >= n;
      labels.add(attack ? "bot" : "BENIGN");
      a[i] = random.nextGaussian() + (attack ? 1 : 0);
    }
    FlowBlocks flows = flowBlocks(labels, IntStream.range(0, a.length).toArray());
    PairedComparison.Figure auroc =
        PairedBlockBootstrap.compare(flows, a, useless, 2000, 1, made -> {}).figures().getFirst();
    assertThat(auroc.second()).isEqualTo(0.5);
    double[] benignShare = new double[n];
    double[] attackShare = new double[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double win = a[n + k] > a[i] ? 1.0 / n : 0;
        benignShare[i] += win;
        attackShare[k] += win;
      }
    }
    double deviation = Math.sqrt((variance(benignShare) + variance(attackShare)) / n);
    double width =
        2 * deviation * new NormalDistribution(null, 0, 1).inverseCumulativeProbability(0.975);
    assertThat(auroc.upper() - auroc.lower()).isCloseTo(width, within(0.12 * width));
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    List<String> labels = List.of("BENIGN", "BENIGN", "a");
    FlowBlocks one = flowBlocks(labels, new int[] {4, 4, 4});
    double[] scores = {1, 2, 3};
    assertThatThrownBy(() -> PairedBlockBootstrap.compare(one, scores, scores, 10, 1, made -> {}))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("nothing to resample");
    FlowBlocks two = flowBlocks(labels, new int[] {4, 5, 4});
    PairedComparison compared =
        PairedBlockBootstrap.compare(two, scores, scores, 10, 1, made -> {});
    assertThat(compared.singleBlocks()).containsExactly("a");
    assertThatThrownBy(() ->
            PairedBlockBootstrap.compare(
                two, scores, new double[] {1, Double.NaN, 2}, 10, 1, made -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> flowBlocks(List.of("a", "b"), new int[2]))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("there is no benign flow");
    assertThatThrownBy(() -> flowBlocks(List.of("BENIGN"), new int[1]))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("there is no attack flow");
  }

  @Test
  void aListenerMayEndIt() {
    Sample sample = Sample.random(new Random(1), 100, 10);
    double[] scores = sample.scores(new Random(2), 50);
    List<Integer> made = new ArrayList<>();
    assertThatThrownBy(() ->
            PairedBlockBootstrap.compare(
                sample.blocks(),
                scores,
                scores,
                100,
                1,
                count -> {
                  made.add(count);
                  if (count == 3) {
                    throw new IllegalStateException("stop");
                  }
                }))
        .hasMessage("stop");
    assertThat(made).containsExactly(1, 2, 3);
  }

  private static FlowBlocks flowBlocks(List<String> labels, int[] blocks) {
    boolean[] benign = new boolean[labels.size()];
    for (int row = 0; row < benign.length; row++) {
      benign[row] = labels.get(row).equals("BENIGN");
    }
    return FlowBlocks.of(labels, benign, "BENIGN", blocks);
  }

  private static PairedComparison compare(Sample sample, double[] a, double[] b, long seed) {
    return PairedBlockBootstrap.compare(sample.blocks(), a, b, RESAMPLES, seed, made -> {});
  }

  /** Labelled flows in blocks. */
  private record Sample(List<String> labels, List<Integer> block) {
    static Sample random(Random random, int n, int blocks) {
      List<String> labels = new ArrayList<>(List.of("BENIGN", "a", "b"));
      while (labels.size() < n) {
        labels.add(random.nextInt(3) > 0 ? "BENIGN" : "abc".substring(random.nextInt(3)));
      }
      Collections.shuffle(labels, random);
      return new Sample(labels, random.ints(n, 0, blocks).boxed().toList());
    }

    FlowBlocks blocks() {
      return flowBlocks(labels, block.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Whole numbers below {@code distinct}, so that some are equal; attacks are higher. */
    double[] scores(Random random, int distinct) {
      return labels.stream()
          .mapToDouble(
              label -> random.nextInt(distinct) + (label.equals("BENIGN") ? 0 : distinct / 4))
          .toArray();
    }
  }
}
