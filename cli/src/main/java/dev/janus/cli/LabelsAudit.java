package dev.janus.cli;

import dev.janus.contract.label.JoinAudit;
import dev.janus.contract.label.LabelPolicy;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an audit found.
 *
 * @param dataset name of the data set
 * @param policy kind of its labels
 * @param join everything about label files, where labels come from them
 * @param origin what is known of rules and captures, where labels come from those
 * @param labels flows per label, unless {@code join} has them
 */
record LabelsAudit(
    String dataset,
    LabelPolicy.Kind policy,
    Optional<JoinAudit> join,
    LabelOrigin origin,
    Map<String, Long> labels) {
  static final String JSON_FILE = "labels-audit.json";
  static final String TEXT_FILE = "labels-audit.txt";

  static final int SERVICES_TOLD = 10;

  private static final long SECONDS_PER_HOUR = 3_600;

  LabelsAudit {
    labels = Map.copyOf(labels);
  }

  /** Flows per label, by label. */
  Map<String, Long> counts() {
    return join.map(audit -> audit.census().byLabel()).orElseGet(() -> new TreeMap<>(labels));
  }

  /** Start of an hour counted since 1970. */
  static String hour(long hours) {
    return Instant.ofEpochSecond(hours * SECONDS_PER_HOUR).toString();
  }

  static String percent(double rate) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * rate);
  }
}
