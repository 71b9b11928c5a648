package dev.janus.eval;

import java.util.List;
import java.util.OptionalInt;

/**
 * How early a verdict fires: how many packets of a flow must have been seen until what has been
 * seen of it, taken for a flow of its own, is an alarm.
 *
 * @param thresholdFrom which quantile of benign validation flows the threshold is: P95 or P99
 * @param threshold an alarm is a distance above this
 * @param mostPerClass alarms, and flows that are none, measured of a class at most
 * @param classes the benign flows, then the attack classes
 */
public record DetectionDelay(
    String thresholdFrom, double threshold, int mostPerClass, List<ClassDelay> classes) {
  public DetectionDelay {
    classes = List.copyOf(classes);
  }

  /**
   * One class. An alarm is a flow whose verdict fires when all its packets are seen; its first
   * firing prefix is at the latest the whole flow.
   *
   * @param label label of the class
   * @param flows tested flows
   * @param alarms alarms among them
   * @param measuredAlarms alarms that were measured, evenly spaced over all
   * @param median packets by which half of these have fired; empty without any
   * @param p90 packets by which nine tenths of these have fired; empty without any
   * @param measuredSilent flows that are no alarms and were measured, evenly spaced over all such
   * @param firedOnPrefixOnly of these, flows that fired on a prefix though not on the whole
   */
  public record ClassDelay(
      String label,
      int flows,
      int alarms,
      int measuredAlarms,
      OptionalInt median,
      OptionalInt p90,
      int measuredSilent,
      int firedOnPrefixOnly) {
    /** Share of all flows of the class that fire on a prefix only, as the measured ones tell. */
    public double shareFiredOnPrefixOnly() {
      return measuredSilent == 0
          ? 0
          : (flows - alarms) / (double) flows * firedOnPrefixOnly / measuredSilent;
    }
  }
}
