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

  /** Some lines for a person to read. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Of %,d flows, %s found a label row with the time offset %s.%n"
            .formatted(sampled, percent(presentHitRate), present));
    if (recommended()) {
      text.append("With --time-offset=%s it would be %s.%n".formatted(best, percent(bestHitRate)));
    } else {
      text.append(
          "No other offset from -26:00 to +26:00 does clearly better (best: %s with %s); look at"
                  .formatted(best, percent(bestHitRate))
              + " columns, addresses and dates.%n".formatted());
    }
    halfDay.ifPresent(other ->
        text.append(
            "Another %s fit 12 hours away (%s): the label file seems to have a 12-hour clock"
                    .formatted(percent(other.hitRate()), other.offset())
                + " without AM/PM; set time.clock: cic12h in the description of the data set.%n"
                    .formatted()));
    return text.toString();
  }

  private static String percent(double rate) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * rate);
  }
}
