package dev.janus.contract.label;

import java.util.List;

/**
 * What rules did to flows.
 *
 * @param source file of the rules
 * @param sha256 its hash
 * @param flows flows asked for
 * @param untouched flows that no rule fitted; they are benign
 * @param estimated flows for which a rule asked for numbers beyond the stored packets
 * @param rules each rule, in order
 * @param overlaps rules that overwrote the label of another
 */
public record RuleReport(
    String source,
    String sha256,
    long flows,
    long untouched,
    long estimated,
    List<RuleHits> rules,
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

  /** Rules that fitted no flow. */
  public List<RuleHits> idle() {
    return rules.stream().filter(rule -> rule.fitted() == 0).toList();
  }
}
