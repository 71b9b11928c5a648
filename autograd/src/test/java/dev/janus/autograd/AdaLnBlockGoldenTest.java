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
import org.junit.jupiter.api.Test;

/**
 * One AdaLN block, forward and every gradient, against an independent implementation.
 *
 * <p>The reference is padded, its padded rows read the valid packets and themselves, and its
 * cotangent is not zero there. A padded row behaves as one more flow token, so each one is laid out
 * here as a copy of its flow that ends in that row; gradients are linear and add up.
 */
class AdaLnBlockGoldenTest {
  private static final int D = 16;
  private static final int HEADS = 2;
  private static final int ROWS = 9;
  private static final int FLOW_TOKEN = ROWS - 1;

  /** The packets of a reference flow followed by one of its later rows. */
  private record Group(int flow, int lastRow) {}

  private final Golden golden = new Golden("adaln_block.npz");
  private final Kernels kernels = KernelSelection.best();
  private final ParameterLayout.Builder builder = new ParameterLayout.Builder();
  private final Linear qkv = Linear.add(builder, "qkv", D, 3 * D);
  private final Linear projection = Linear.add(builder, "proj", D, D);
  private final Linear mlpIn = Linear.add(builder, "fc1", D, 4 * D);
  private final Linear mlpOut = Linear.add(builder, "fc2", 4 * D, D);
  private final Linear modulation = Linear.add(builder, "ada", D, 6 * D);
  private final ParameterLayout layout = builder.build();
  private final long[] lengths = golden.longs("lens");
  private final List<Group> groups = new ArrayList<>();
  private final Ragged tokens = new Ragged();
  private final Tape tape;
  private final float[] gradients = new float[layout.length()];
  private final Var x;
  private final Var c;

  AdaLnBlockGoldenTest() {
    for (int flow = 0; flow < 2; flow++) {
      for (int last = (int) lengths[flow]; last <= FLOW_TOKEN; last++) {
        groups.add(new Group(flow, last));
        tokens.append((int) lengths[flow] + 1);
      }
    }
    float[] weights = new float[layout.length()];
    for (Parameter p : layout.parameters()) {
      System.arraycopy(floats("w." + p.name()), 0, weights, p.offset(), p.length());
    }
    WeightPanels panels =
        WeightPanels.forTraining(kernels, List.of(qkv, projection, mlpIn, mlpOut, modulation));
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      panels.pack(weights, team);
    }
    tape = new Tape(kernels, panels, 1 << 18);
    tape.startTraining(weights, gradients);
    x = tape.variable(tokens.totalRows(), D);
    System.arraycopy(packed("x"), 0, tape.data(), x.offset(), x.length());
    c = tape.variable(groups.size(), D);
    for (int g = 0; g < groups.size(); g++) {
      System.arraycopy(floats("c"), groups.get(g).flow() * D, tape.data(), c.offset() + g * D, D);
    }
    addBlock();
    tape.squaredError(x, targetForCotangent(), 0, 0.5);
    tape.backward();
  }

  /** Changes x in place; its gradient is that of the block's input. */
  private void addBlock() {
    Var mod = tape.linear(c, modulation);
    Var attended =
        tape.attention(
            tape.linear(tape.adaNorm(x, mod, 0, tokens), qkv), HEADS, AttentionMask.CAUSAL, tokens);
    tape.addGated(x, tape.linear(attended, projection), mod, 2, tokens);
    tape.addGated(x, tape.mlp(tape.adaNorm(x, mod, 3, tokens), mlpIn, mlpOut), mod, 5, tokens);
  }

  private float[] floats(String name) {
    return golden.floats(name + "_32");
  }

  /** Rows of a padded {@code [2, 9, 16]} reference array in the order of the tokens here. */
  private float[] packed(String name) {
    float[] padded = floats(name);
    float[] out = new float[tokens.totalRows() * D];
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      int n = tokens.rows(g) - 1;
      int to = tokens.start(g) * D;
      System.arraycopy(padded, group.flow() * ROWS * D, out, to, n * D);
      System.arraycopy(padded, (group.flow() * ROWS + group.lastRow()) * D, out, to + n * D, D);
    }
    return out;
  }

  /** Half the squared distance to y - dy has the derivative dy; packets of copies have dy = 0. */
  private float[] targetForCotangent() {
    float[] dy = packed("dy");
    float[] target = new float[x.length()];
    for (int g = 0; g < groups.size(); g++) {
      int lastRow = tokens.start(g + 1) - 1;
      boolean copy = groups.get(g).lastRow() != FLOW_TOKEN;
      for (int i = tokens.start(g) * D; i < (lastRow + 1) * D; i++) {
        float cotangent = copy && i < lastRow * D ? 0 : dy[i];
        target[i] = tape.data()[x.offset() + i] - cotangent;
      }
    }
    return target;
  }

  @Test
  void outputAgrees() {
    assertThat(Golden.error(tape.data(), x.offset(), packed("y"))).isLessThan(1e-5);
  }

  @Test
  void gradientOfTheTokensAgrees() {
    float[] sum = new float[2 * ROWS * D];
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      for (int r = 0; r < tokens.rows(g); r++) {
        int row = r == tokens.rows(g) - 1 ? group.lastRow() : r;
        for (int j = 0; j < D; j++) {
          sum[(group.flow() * ROWS + row) * D + j] +=
              tape.data()[x.gradientOffset() + (tokens.start(g) + r) * D + j];
        }
      }
    }
    assertThat(Golden.error(sum, 0, floats("dx"))).isLessThan(1e-4);
  }

  @Test
  void gradientOfTheConditionAgrees() {
    float[] sum = new float[2 * D];
    for (int g = 0; g < groups.size(); g++) {
      for (int j = 0; j < D; j++) {
        sum[groups.get(g).flow() * D + j] += tape.data()[c.gradientOffset() + g * D + j];
      }
    }
    assertThat(Golden.error(sum, 0, floats("dc"))).isLessThan(1e-4);
  }

  @Test
  void gradientsOfAllParametersAgree() {
    for (Parameter p : layout.parameters()) {
      assertThat(Golden.error(gradients, p.offset(), floats("g." + p.name())))
          .as(p.name())
          .isLessThan(1e-4);
    }
  }
}
