package dev.janus.score;

/**
 * How the ten scores are computed (method, section 7). Part of the model file.
 *
 * @param odeSteps K, equal steps from t = 1 to t = 0, at least 1
 * @param solver integration rule
 * @param noiseSeed base seed of the fixed noise tables (method, section 10)
 */
public record ScoringConfig(int odeSteps, OdeSolver solver, long noiseSeed) {
  public ScoringConfig {
    if (odeSteps < 1 || odeSteps > 1000) {
      throw new IllegalArgumentException("ode_steps must be 1..1000, not " + odeSteps);
    }
  }

  /** Four Euler steps, noise seed 1234. */
  public static ScoringConfig defaults() {
    return new ScoringConfig(4, OdeSolver.EULER, 1234);
  }
}
