package dev.janus.contract.label;

import java.util.List;

/**
 * Rules in their order: the last one that fits a flow labels it. Flows that none fits are benign.
 *
 * @param source file the rules were read from
 * @param sha256 hash of that file, 64 hexadecimal digits
 * @param rules at least one
 */
public record RuleSet(String source, String sha256, List<WindowRule> rules) implements LabelPolicy {
  /**
   * @throws IllegalArgumentException when there is no rule
   */
  public RuleSet {
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("rules: at least one rule is needed");
    }
  }

  @Override
  public Kind kind() {
    return Kind.RULES;
  }
}
