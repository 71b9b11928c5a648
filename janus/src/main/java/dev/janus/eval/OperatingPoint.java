package dev.janus.eval;

/**
 * What a fixed threshold does. A flow is an alarm if its distance is strictly above the threshold,
 * so the false-alarm rate on the flows that set a quantile threshold is never above its nominal
 * value.
 *
 * @param thresholdFrom which quantile of benign validation flows it is: P95 or P99
 * @param threshold a distance
 * @param f1 harmonic mean of precision and recall; 0 without a true alarm
 * @param precision share of attacks among the alarms; 0 without an alarm
 * @param recall share of attack flows that are alarms
 * @param fpr share of benign flows that are alarms
 * @param fprInterval where the share of all benign traffic like these flows lies
 */
public record OperatingPoint(
    String thresholdFrom,
    double threshold,
    double f1,
    double precision,
    double recall,
    double fpr,
    BinomialInterval fprInterval) {

  /**
   * Measures a threshold.
   *
   * @param benign distances of benign flows that did not set the threshold, not empty
   * @param attack distances of attack flows, not empty
   */
  public static OperatingPoint measure(
      String thresholdFrom, double threshold, double[] benign, double[] attack) {
    if (benign.length == 0 || attack.length == 0) {
      throw new IllegalArgumentException(
          "a threshold cannot be measured on %d benign and %d attack flows"
              .formatted(benign.length, attack.length));
    }
    long falseAlarms = alarms(benign, threshold);
    long caught = alarms(attack, threshold);
    long all = caught + falseAlarms;
    return new OperatingPoint(
        thresholdFrom,
        threshold,
        2.0 * caught / (all + attack.length),
        all == 0 ? 0 : (double) caught / all,
        (double) caught / attack.length,
        (double) falseAlarms / benign.length,
        BinomialInterval.of(falseAlarms, benign.length));
  }

  private static long alarms(double[] distances, double threshold) {
    long alarms = 0;
    for (double value : distances) {
      if (value > threshold) {
        alarms++;
      }
    }
    return alarms;
  }
}
