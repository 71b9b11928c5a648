package dev.janus.contract.label;

import java.util.List;
import java.util.Optional;

/**
 * Where the labels of a data set come from. Written down as YAML; {@code
 * configs/datasets/README.md} explains every key. One kind of labels is enough:
 *
 * <pre>{@code
 * name: testbed-a                  # must be given
 * label_policy: join               # join, rules, capture or constant; default: the first described
 *
 * # join: rows of label files
 * label_file: "{capture}.csv"      # file of a capture; * and ? as in file globs; this is the default
 * label_files:                     # files of the captures that have others
 *   Friday: [Friday-Morning.csv, Friday-Afternoon.csv]
 * charset: windows-1252            # default UTF-8
 * delimiter: ","                   # default a comma
 * header: [Source IP, ...]         # columns of files that begin with a row
 * columns:                         # names as in the file's header, blanks around them ignored
 *   source_ip: Source IP           # the first seven must be given
 *   source_port: Source Port
 *   destination_ip: Destination IP
 *   destination_port: Destination Port
 *   protocol: Protocol
 *   timestamp: Timestamp           # start of the flow
 *   label: Label
 *   duration: Flow Duration        # tells rows of one 5-tuple and second apart
 *   duration_unit: us              # us (default), ms or s
 * time:
 *   formats: ["dd/MM/yyyy hh:mm:ss"] # must be given; see TimestampFormat
 *   clock: cic12h                  # 24h (default) or cic12h
 *   zone: "-03:00"                 # offset or zone id, default UTC
 *   tolerance_us: 1000000          # default: 1 s
 *
 * rules: windows.yaml              # rules: a file beside this one, or the rules themselves
 *
 * labels:
 *   by_capture: {"DDoS-*": DDoS}   # capture: pattern of capture names to label
 *   constant: BENIGN               # constant: label of every flow
 *   benign: [BENIGN, Normal]       # spellings of benign, case ignored; they become BENIGN
 *   rename: {"DoS Hulk": DoS}      # exact label in the file: label of the flow
 *   empty: BENIGN                  # label of rows whose label is empty; default: not understood
 *   drop:                          # rows that are ignored
 *     - {column: Flow ID, matches: "8\\.0\\.6\\.4-.*"}
 *   attempted: keep                # keep (default), attack, drop or benign; see AttemptedFlows
 *   unmatched: UNLABELLED          # label of flows without a row; this is the default
 * }</pre>
 *
 * @param name name of the data set
 * @param policies what is described, of each kind at most one; the first is the default
 * @param labels what becomes of the labels
 */
public record DatasetDescription(String name, List<LabelPolicy> policies, LabelRules labels) {
  /**
   * @throws IllegalArgumentException naming the key when a value cannot be used
   */
  public DatasetDescription {
    policies = List.copyOf(policies);
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: must not be blank");
    }
    if (policies.isEmpty()) {
      throw new IllegalArgumentException(
          "columns: the description names no labels; give columns and time, rules,"
              + " labels.by_capture or labels.constant");
    }
  }

  /** Where labels come from unless the user asks for another kind. */
  public LabelPolicy policy() {
    return policies.getFirst();
  }

  /** The policy of a kind, where it is described. */
  public Optional<LabelPolicy> policy(LabelPolicy.Kind kind) {
    return policies.stream().filter(policy -> policy.kind() == kind).findFirst();
  }

  /** The same description with another treatment of attempts. */
  public DatasetDescription withAttempted(AttemptedFlows attempted) {
    return new DatasetDescription(name, policies, labels.withAttempted(attempted));
  }

  /**
   * How label files are read.
   *
   * @throws IllegalStateException when the description has none
   */
  public CsvLabels csv() {
    return policies.stream()
        .filter(CsvLabels.class::isInstance)
        .map(CsvLabels.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " describes no label files"));
  }
}
