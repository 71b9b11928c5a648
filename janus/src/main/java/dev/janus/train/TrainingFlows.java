package dev.janus.train;

import dev.janus.model.NormalizedFlows;
import java.security.MessageDigest;

/**
 * The benign flows that a trainer learns from, numbered from 0, wherever they lie. One caller at a
 * time.
 */
public interface TrainingFlows {
  /** Number of flows. */
  int count();

  /**
   * Replaces the content of {@code target} by the flows with the first {@code size} numbers of
   * {@code picks}, in that order.
   */
  void gather(int[] picks, int size, NormalizedFlows target);

  /** Says that flows {@code from} (inclusive) to {@code to} will be gathered soon. */
  void expect(int from, int to);

  /** Adds to {@code digest} what tells these flows from others. */
  void identify(MessageDigest digest);
}
