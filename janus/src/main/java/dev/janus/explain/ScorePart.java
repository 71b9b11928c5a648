package dev.janus.explain;

import dev.janus.score.ScoreName;

/**
 * One of the ten scores and what it brings to d2.
 *
 * @param name which score
 * @param value the flow's
 * @param benignMean mean over benign validation flows
 * @param d2 its part of the distance; all ten add up to d2. Negative where it deviates less than
 *     the other scores lead to expect
 * @param referenceMean mean over the benign validation flows that the fused verdict is fitted on
 * @param oas the same as d2 of the measure oas of the fused verdict
 * @param z how many of these flows' standard deviations it lies above their mean, its part of the
 *     measure sum
 */
public record ScorePart(
    ScoreName name,
    double value,
    double benignMean,
    double d2,
    double referenceMean,
    double oas,
    double z) {
  /**
   * Whether the flow's score lies above that of benign flows, so that some of its terms are high.
   */
  public boolean isRaised() {
    return value > Math.max(benignMean, 0);
  }
}
