package dev.janus.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.autograd.Parameter;
import dev.janus.autograd.optim.AdamW;
import org.junit.jupiter.api.Test;

/** The method's own network; three optimiser steps too. */
class JanusNetworkGoldenTest extends TinyModelChecks {
  JanusNetworkGoldenTest() {
    super(DiscreteSource.UNIFORM);
  }

  @Test
  void threeOptimiserStepsAgree() {
    AdamW optimizer = new AdamW(kernels, weights.length, 0.01, 1.0);
    float[] average = weights.clone();
    for (int s = 0; s < 3; s++) {
      double[] losses = step();
      double norm = optimizer.norm(gradients, team);
      double[] expected = golden.doubles("loss_step" + s + "_32");
      assertThat(losses[0]).isCloseTo(expected[0], within(1e-4 * Math.abs(expected[0])));
      assertThat(norm).isCloseTo(expected[4], within(1e-4 * expected[4]));
      optimizer.step(s, 1e-3, norm, 0, weights, gradients, average, team);
    }
    for (Parameter p : network.layout().parameters()) {
      float[] expected = golden.floats("w3." + p.name() + "_32");
      float[] slope = golden.floats("g." + p.name() + "_32");
      for (int i = 0; i < expected.length; i++) {
        // AdamW divides by the gradient's own size: where that is rounding noise (the key bias,
        // whose true gradient is 0), so is the whole step.
        if (Math.abs(slope[i]) > 1e-6) {
          assertThat(weights[p.offset() + i])
              .as("%s[%d]", p.name(), i)
              .isCloseTo(expected[i], within(1e-5f));
        }
      }
    }
    assertThat(average).containsExactly(weights);
  }
}
