package dev.janus.engine.kernel;

/**
 * Constants of the activations. GELU in its tanh form equals {@code x sigmoid(2u)} with {@code 2u =
 * x (A + B x^2)}.
 */
final class Activation {
  /** {@code 2 sqrt(2 / pi)}. */
  static final float GELU_A = (float) 1.5957691216057308;

  /** {@code 0.044715 * 2 sqrt(2 / pi)}. */
  static final float GELU_B = (float) (0.044715 * 1.5957691216057308);

  /** {@code 3 B}: the derivative of 2u is {@code A + 3 B x^2}. */
  static final float GELU_3B = (float) (3 * 0.044715 * 1.5957691216057308);

  private Activation() {}
}
