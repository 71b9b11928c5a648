package dev.janus.contract.label;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What becomes of the labels of a data set.
 *
 * @param benignAliases spellings of benign, case ignored; each becomes {@link #BENIGN}
 * @param renames exact label in the file to label of the flow; looked up before the aliases
 * @param drops rows that are ignored
 * @param empty label of rows whose label is empty; without one they cannot be understood
 * @param attempted what becomes of attempts
 * @param unmatched label of flows that find no row
 */
public record LabelRules(
    Set<String> benignAliases,
    Map<String, String> renames,
    List<Drop> drops,
    Optional<String> empty,
    AttemptedFlows attempted,
    String unmatched) {
  /** The label of benign flows. */
  public static final String BENIGN = "BENIGN";

  /** Label of flows that find no row, where the description gives none. */
  public static final String UNLABELLED = "UNLABELLED";

  /**
   * A row is ignored when this column's value, without blanks around it, matches entirely.
   *
   * @param column its name
   * @param matches the pattern
   */
  public record Drop(String column, Pattern matches) {}

  /**
   * @throws IllegalArgumentException naming the key when a label is blank
   */
  public LabelRules {
    benignAliases = Set.copyOf(benignAliases);
    renames = Map.copyOf(renames);
    drops = List.copyOf(drops);
    if (unmatched.isBlank()) {
      throw new IllegalArgumentException("labels.unmatched: must not be blank");
    }
    if (empty.map(String::isBlank).orElse(false)) {
      throw new IllegalArgumentException("labels.empty: must not be blank");
    }
    for (Map.Entry<String, String> rename : renames.entrySet()) {
      if (rename.getValue().isBlank()) {
        throw new IllegalArgumentException(
            "labels.rename: \"" + rename.getKey() + "\" must not become blank");
      }
    }
  }

  /** Benign aliases, renames and drops; empty labels are not understood, attempts are kept. */
  public LabelRules(
      Set<String> benignAliases, Map<String, String> renames, List<Drop> drops, String unmatched) {
    this(benignAliases, renames, drops, Optional.empty(), AttemptedFlows.KEEP, unmatched);
  }

  LabelRules withAttempted(AttemptedFlows other) {
    return new LabelRules(benignAliases, renames, drops, empty, other, unmatched);
  }

  /** The label of a flow whose row says this; blank only when the row's is. */
  public String normalise(String written) {
    String label = written.strip();
    if (label.isEmpty() && empty.isPresent()) {
      label = empty.get();
    }
    String renamed = renames.getOrDefault(label, label);
    for (String alias : benignAliases) {
      if (alias.equalsIgnoreCase(renamed)) {
        return BENIGN;
      }
    }
    String treated = attempted.apply(renamed);
    return treated.equals(renamed) ? renamed : renames.getOrDefault(treated, treated);
  }
}
