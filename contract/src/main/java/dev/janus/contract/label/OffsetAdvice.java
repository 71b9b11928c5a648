package dev.janus.contract.label;

import java.util.Locale;
import java.util.Optional;

/**
 * What a scan for the time offset of label rows found.
 *
 * @param sampled flows that were compared
 * @param present the offset in use
 * @param presentHitRate share of the sampled flows with a row under it, 0..1
 * @param best the offset that labels most flows
 * @param bestHitRate share of the sampled flows with a row under it, 0..1
 * @param halfDay another offset 12 hours away that explains flows which the best one does not: a
 *     sign of a 12-hour clock without AM/PM
 */
public record OffsetAdvice(
    int sampled,
    TimeOffset present,
    double presentHitRate,
    TimeOffset best,
    double bestHitRate,
    Optional<HalfDay> halfDay) {
  /** A gain below this is not worth a recommendation. */
  private static final double WORTHWHILE = 0.02;

  /**
   * The second offset of a 12-hour clock.
   *
   * @param offset 12 hours before or after the best one
   * @param hitRate share of the sampled flows with a row under it, 0..1
   */
  public record HalfDay(TimeOffset offset, double hitRate) {}

  /** Whether another offset is clearly better than the present one. */
  public boolean recommended() {
    return bestHitRate >= presentHitRate + WORTHWHILE;
  }

  /** One to three lines for a person to read, each ended by a line feed. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "Of %,d %s, %s found a label row with the time offset %s.",
            sampled, sampled == 1 ? "flow" : "flows", percent(presentHitRate), present));
    if (recommended()) {
      text.append(line("With --time-offset=%s it would be %s.", best, percent(bestHitRate)));
    } else {
      text.append(
          line(
              "No other offset from -26:00 to +26:00 does clearly better (best: %s with %s);"
                  + " look at columns, addresses and dates.",
              best, percent(bestHitRate)));
    }
    halfDay.ifPresent(other ->
        text.append(
            line(
                "Another %s fit 12 hours away (%s): the label file seems to have a 12-hour"
                    + " clock without AM/PM; set time.clock: cic12h in the description of the"
                    + " data set.",
                percent(other.hitRate()), other.offset())));
    return text.toString();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }

  private static String percent(double rate) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * rate);
  }
}
