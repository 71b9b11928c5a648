package dev.janus.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.autograd.nn.Linear;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operator against central differences along random directions: the derivative of a random
 * linear functional of the output, taken over all inputs and parameters at once, must equal the
 * inner product of the direction with the gradient the tape gives.
 */
class OperatorGradientTest {
  private static final int D = 16;
  private static final float STEP = 1e-2f;

  /** A graph under test: takes its inputs, gives its output. */
  private interface Graph extends BiFunction<Tape, List<Var>, Var> {}

  private final Kernels kernels = kernels();
  private final Ragged tokens = new Ragged();

  OperatorGradientTest() {
    for (int rows : new int[] {4, 2, 6}) {
      tokens.append(rows);
    }
  }

  /** The kernels under test. */
  Kernels kernels() {
    return KernelSelection.best();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void linearAgreesWithCentralDifferences(long seed) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    Linear layer = Linear.add(layout, "layer", D, 5);
    check(
        seed, layout, List.of(layer), new int[][] {{12, D}}, (t, in) -> t.linear(in.get(0), layer));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mlpAgreesWithCentralDifferences(long seed) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    Linear wide = Linear.add(layout, "wide", D, 23);
    Linear narrow = Linear.add(layout, "narrow", 23, 7);
    check(
        seed,
        layout,
        List.of(wide, narrow),
        new int[][] {{9, D}},
        (t, in) -> t.mlp(in.get(0), wide, narrow));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void mlpOfSeveralBlocksAgreesWithCentralDifferences(long seed) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    Linear wide = Linear.add(layout, "wide", 2, 3);
    Linear narrow = Linear.add(layout, "narrow", 3, 2);
    // Two blocks, the last one short.
    check(
        seed,
        layout,
        List.of(wide, narrow),
        new int[][] {{280, 2}},
        (t, in) -> t.mlp(in.get(0), wide, narrow));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mlpAddsToAGradientThatIsThere(long seed) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    Linear wide = Linear.add(layout, "wide", 5, 11);
    Linear narrow = Linear.add(layout, "narrow", 11, 2 * D);
    check(
        seed,
        layout,
        List.of(wide, narrow),
        new int[][] {{12, D}, {3, 5}},
        (t, in) -> {
          Var once = t.adaNorm(in.get(0), t.mlp(in.get(1), wide, narrow), 0, tokens);
          return t.adaNorm(once, t.mlp(in.get(1), wide, narrow), 0, tokens);
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void linearSiluAgreesWithCentralDifferences(long seed) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    Linear layer = Linear.add(layout, "layer", 9, 24);
    check(
        seed,
        layout,
        List.of(layer),
        new int[][] {{5, 9}},
        (t, in) -> t.linearSilu(in.get(0), layer));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void adaNormAgreesWithCentralDifferences(long seed) {
    check(
        seed,
        new ParameterLayout.Builder(),
        List.of(),
        new int[][] {{12, D}, {3, 3 * D}},
        (t, in) -> t.adaNorm(in.get(0), in.get(1), 1, tokens));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void adaNormWithOneSharedModulationAgreesWithCentralDifferences(long seed) {
    check(
        seed,
        new ParameterLayout.Builder(),
        List.of(),
        new int[][] {{12, D}, {1, 2 * D}},
        (t, in) -> t.adaNorm(in.get(0), in.get(1), 0, tokens));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void gatedResidualsAgreeWithCentralDifferences(long seed) {
    check(
        seed,
        new ParameterLayout.Builder(),
        List.of(),
        new int[][] {{12, D}, {12, D}, {3, 4 * D}},
        (t, in) -> {
          Var x = in.get(0);
          t.addGated(x, t.adaNorm(x, in.get(2), 1, tokens), in.get(2), 0, tokens);
          t.addGated(x, in.get(1), in.get(2), 3, tokens);
          return x;
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void causalAttentionAgreesWithCentralDifferences(long seed) {
    attention(seed, AttentionMask.CAUSAL);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void fullAttentionAgreesWithCentralDifferences(long seed) {
    attention(seed, AttentionMask.FULL);
  }

  private void attention(long seed, AttentionMask mask) {
    check(
        seed,
        new ParameterLayout.Builder(),
        List.of(),
        new int[][] {{12, 3 * D}},
        (t, in) -> t.attention(in.get(0), 2, mask, tokens));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void assembledPacketRowsAgreeWithCentralDifferences(long seed) {
    assembled(seed, (t, x, place) -> t.packetRows(x, tokens, place));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void assembledFlowRowsAgreeWithCentralDifferences(long seed) {
    assembled(seed, (t, x, place) -> t.flowRows(x, tokens, place));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void assembledRowsAgreeWithCentralDifferences(long seed) {
    assembled(seed, (t, x, place) -> x);
  }

  /** What is read of assembled tokens. */
  private interface Selection {
    Var of(Tape tape, Var tokens, FlowTokenPlace place);
  }

  private void assembled(long seed, Selection select) {
    for (FlowTokenPlace place : FlowTokenPlace.values()) {
      assembled(seed, select, place);
    }
  }

  private void assembled(long seed, Selection select, FlowTokenPlace place) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    Parameter position = layout.add("position", 8, D);
    Parameter flowToken = layout.add("flowToken", D);
    check(
        seed,
        layout,
        List.of(),
        new int[][] {{9, D}, {3, D}},
        (t, in) ->
            select.of(
                t,
                t.assembleTokens(in.get(0), in.get(1), position, flowToken, tokens, place),
                place));
  }

  private void check(
      long seed,
      ParameterLayout.Builder builder,
      List<Linear> layers,
      int[][] shapes,
      Graph graph) {
    Random random = new Random(seed);
    ParameterLayout layout = builder.build();
    float[] parameters = randoms(random, layout.length(), 0.5);
    List<float[]> inputs = new ArrayList<>();
    List<float[]> directions = new ArrayList<>();
    for (int[] shape : shapes) {
      inputs.add(randoms(random, shape[0] * shape[1], 1));
      directions.add(randoms(random, shape[0] * shape[1], 1));
    }
    float[] parameterDirection = randoms(random, layout.length(), 1);
    float[] functional = randoms(random, 4096, 1);

    float[] gradients = new float[layout.length()];
    Run run = new Run(layers, shapes, graph, functional);
    double fromTape = run.directional(parameters, inputs, gradients, directions);
    for (int i = 0; i < gradients.length; i++) {
      fromTape += (double) gradients[i] * parameterDirection[i];
    }
    double up =
        run.value(moved(parameters, parameterDirection, STEP), moved(inputs, directions, STEP));
    double down =
        run.value(moved(parameters, parameterDirection, -STEP), moved(inputs, directions, -STEP));
    double scale = run.magnitude;
    assertThat(fromTape)
        .as("seed %d", seed)
        .isCloseTo((up - down) / (2 * STEP), org.assertj.core.data.Offset.offset(3e-3 * scale));
  }

  private final class Run {
    private final List<Linear> layers;
    private final int[][] shapes;
    private final Graph graph;
    private final float[] functional;
    private double magnitude;

    Run(List<Linear> layers, int[][] shapes, Graph graph, float[] functional) {
      this.layers = layers;
      this.shapes = shapes;
      this.graph = graph;
      this.functional = functional;
    }

    private Tape tape(float[] parameters) {
      WeightPanels panels = WeightPanels.forTraining(kernels, layers);
      try (ThreadTeam team = ThreadTeam.ofSize(1)) {
        panels.pack(parameters, team);
      }
      return new Tape(kernels, panels, 1 << 18);
    }

    private List<Var> load(Tape tape, List<float[]> inputs) {
      List<Var> vars = new ArrayList<>();
      for (int i = 0; i < shapes.length; i++) {
        Var var = tape.variable(shapes[i][0], shapes[i][1]);
        System.arraycopy(inputs.get(i), 0, tape.data(), var.offset(), var.length());
        vars.add(var);
      }
      return vars;
    }

    /** The functional's value. */
    double value(float[] parameters, List<float[]> inputs) {
      Tape tape = tape(parameters);
      tape.startTraining(parameters, new float[parameters.length]);
      Var out = graph.apply(tape, load(tape, inputs));
      double sum = 0;
      for (int i = 0; i < out.length(); i++) {
        sum += (double) tape.data()[out.offset() + i] * functional[i];
      }
      return sum;
    }

    /** Inner product of the input directions with the gradient of the functional. */
    double directional(
        float[] parameters, List<float[]> inputs, float[] gradients, List<float[]> directions) {
      Tape tape = tape(parameters);
      tape.startTraining(parameters, gradients);
      List<Var> vars = load(tape, inputs);
      Var out = graph.apply(tape, vars);
      // d/dy of sum of squared (y - target) / 2 is y - target: choose the target to get the
      // functional.
      float[] target = new float[out.length()];
      for (int i = 0; i < target.length; i++) {
        target[i] = tape.data()[out.offset() + i] - functional[i];
      }
      tape.squaredError(out, target, 0, 0.5);
      tape.backward();
      double sum = 0;
      magnitude = 1;
      for (int i = 0; i < vars.size(); i++) {
        for (int k = 0; k < vars.get(i).length(); k++) {
          double part =
              vars.get(i).hasGradient()
                  ? tape.data()[vars.get(i).gradientOffset() + k] * directions.get(i)[k]
                  : 0;
          sum += part;
          magnitude += Math.abs(part);
        }
      }
      return sum;
    }
  }

  private static float[] randoms(Random random, int n, double scale) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }

  private static float[] moved(float[] values, float[] direction, float step) {
    float[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    return moved;
  }

  private static List<float[]> moved(List<float[]> values, List<float[]> directions, float step) {
    List<float[]> moved = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      moved.add(moved(values.get(i), directions.get(i), step));
    }
    return moved;
  }
}
