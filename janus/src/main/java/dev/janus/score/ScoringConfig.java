package dev.janus.score;

import dev.janus.model.ModelConfig;

/**
 * How the ten scores are computed (method, section 7). Part of the model file.
 *
 * @param odeSteps K, equal steps from t = 1 to t = 0, at least 1
 * @param solver integration rule
 * @param noiseSeed base seed of the fixed noise tables (method, section 10)
 * @param sigma width of the continuous path the network was trained with, 0 or more
 */
public record ScoringConfig(int odeSteps, OdeSolver solver, long noiseSeed, double sigma) {
  public ScoringConfig {
    if (odeSteps < 1 || odeSteps > 1000) {
      throw new IllegalArgumentException("ode_steps must be 1..1000, not " + odeSteps);
    }
    if (!(sigma >= 0) || sigma > 10) {
      throw new IllegalArgumentException("sigma must be in [0, 10], not " + sigma);
    }
  }

  /** Four Euler steps, noise seed 1234, for a network trained with the given sigma. */
  public static ScoringConfig defaults(double sigma) {
    return new ScoringConfig(4, OdeSolver.EULER, 1234, sigma);
  }

  /** Passes of the network behind a flow's ten scores, as far as the model computes them. */
  int passes(ModelConfig model) {
    int perStep = solver == OdeSolver.EULER ? 1 : 2;
    boolean integrates = model.hasContinuous() || model.hasFlowToken();
    return (integrates ? odeSteps * perStep : 0) + (model.hasBits() ? ScoringNoise.GRID.size() : 0);
  }
}
