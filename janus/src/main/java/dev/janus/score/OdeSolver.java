package dev.janus.score;

/** Fixed-step rules that integrate the velocity from data to noise (method, section 7.1). */
public enum OdeSolver {
  EULER,
  MIDPOINT,
  HEUN
}
