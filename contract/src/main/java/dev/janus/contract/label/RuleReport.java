package dev.janus.contract.label;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What rules did to flows.
 *
 * @param source file of the rules
 * @param sha256 its hash
 * @param flows flows asked for
 * @param untouched flows that no rule fitted; they are benign
 * @param estimated flows for which a rule asked for numbers beyond the stored packets
 * @param rules each rule, in order
 * @param window from the beginning of the earliest rule to the end of the latest
 * @param span from the earliest start of a flow asked for to the latest; empty without flows
 * @param overlaps rules that overwrote the label of another
 */
public record RuleReport(
    String source,
    String sha256,
    long flows,
    long untouched,
    long estimated,
    List<RuleHits> rules,
    Span window,
    Optional<Span> span,
    List<Overlap> overlaps) {
  public RuleReport {
    rules = List.copyOf(rules);
    overlaps = List.copyOf(overlaps);
  }

  /**
   * Flows of one rule.
   *
   * @param number its place in the file, from 1
   * @param label its label
   * @param fitted flows that it fitted
   * @param decided flows that have its label in the end
   */
  public record RuleHits(int number, String label, long fitted, long decided) {}

  /**
   * Two rules that fit the same flows with different labels.
   *
   * @param earlier place of the one whose label was overwritten, from 1
   * @param later place of the one that did
   * @param flows how many
   */
  public record Overlap(int earlier, int later, long flows) {}

  /**
   * A span of time, both ends included.
   *
   * @param fromMicros epoch microseconds
   * @param toMicros epoch microseconds
   */
  public record Span(long fromMicros, long toMicros) {
    boolean meets(Span other) {
      return fromMicros <= other.toMicros && other.fromMicros <= toMicros;
    }

    @Override
    public String toString() {
      return instant(fromMicros) + " to " + instant(toMicros);
    }

    private static Instant instant(long micros) {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
  }

  /** Whether there are flows, and no rule fitted any. */
  public boolean allUntouched() {
    return flows > 0 && untouched == flows;
  }

  /** Whether the span of the flows and that of the rules do not meet. */
  public boolean elsewhere() {
    return span.isPresent() && !span.get().meets(window);
  }

  /** Rules that fitted no flow. */
  public List<RuleHits> idle() {
    return rules.stream().filter(rule -> rule.fitted() == 0).toList();
  }
}
