package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import jdk.incubator.vector.FloatVector;

/** Optimiser kernels with vectors. */
final class PanamaOptimizer {
  private PanamaOptimizer() {}

  static void adamW(
      int n, AdamWStep step, float[] w, float[] g, float[] m, float[] v, float[] ema, int offset) {
    int whole = n & -WIDTH;
    FloatVector beta1 = FloatVector.broadcast(FLOATS, step.beta1());
    FloatVector beta2 = FloatVector.broadcast(FLOATS, step.beta2());
    FloatVector rest1 = FloatVector.broadcast(FLOATS, 1f - step.beta1());
    FloatVector rest2 = FloatVector.broadcast(FLOATS, 1f - step.beta2());
    FloatVector rootScale = FloatVector.broadcast(FLOATS, step.rootScale());
    FloatVector epsilon = FloatVector.broadcast(FLOATS, step.epsilon());
    FloatVector negatedStep = FloatVector.broadcast(FLOATS, -step.stepSize());
    FloatVector emaDecay = FloatVector.broadcast(FLOATS, step.emaDecay());
    FloatVector emaRest = FloatVector.broadcast(FLOATS, 1f - step.emaDecay());
    FloatVector gradientScale = FloatVector.broadcast(FLOATS, step.gradientScale());
    FloatVector decay = FloatVector.broadcast(FLOATS, step.decay());
    int end = offset + whole;
    for (int i = offset; i < end; i += WIDTH) {
      FloatVector grad = gradientScale.mul(FloatVector.fromArray(FLOATS, g, i));
      FloatVector first = beta1.fma(FloatVector.fromArray(FLOATS, m, i), rest1.mul(grad));
      FloatVector second =
          beta2.fma(FloatVector.fromArray(FLOATS, v, i), rest2.mul(grad).mul(grad));
      FloatVector root = second.sqrt().fma(rootScale, epsilon);
      FloatVector decayed = FloatVector.fromArray(FLOATS, w, i).mul(decay);
      FloatVector weight = negatedStep.fma(first.div(root), decayed);
      first.intoArray(m, i);
      second.intoArray(v, i);
      weight.intoArray(w, i);
      emaDecay.fma(FloatVector.fromArray(FLOATS, ema, i), emaRest.mul(weight)).intoArray(ema, i);
    }
    ScalarOptimizer.adamW(n - whole, step, w, g, m, v, ema, end);
  }
}
