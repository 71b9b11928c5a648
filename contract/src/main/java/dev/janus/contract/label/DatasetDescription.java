package dev.janus.contract.label;

import java.nio.charset.Charset;

/**
 * How the label files of a data set are to be read and joined with flows. Written down as YAML with
 * these keys; the ones marked with * must be given:
 *
 * <pre>{@code
 * name: testbed-a                  # *
 * label_file: "{capture}.csv"      # file of a capture; * and ? as in file globs; this is the default
 * charset: windows-1252            # default UTF-8
 * columns:                         # names as in the file's header, blanks around them ignored
 *   source_ip: Source IP           # *
 *   source_port: Source Port       # *
 *   destination_ip: Destination IP # *
 *   destination_port: Destination Port # *
 *   protocol: Protocol             # *
 *   timestamp: Timestamp           # * start of the flow
 *   label: Label                   # *
 *   duration: Flow Duration        # tells rows of one 5-tuple and second apart
 *   duration_unit: us              # us (default), ms or s
 * time:
 *   formats: ["dd/MM/yyyy hh:mm:ss"] # * see TimestampFormat
 *   clock: cic12h                  # 24h (default) or cic12h
 *   zone: "-03:00"                 # offset or zone id, default UTC
 *   tolerance_us: 1000000          # default: 1 s
 * labels:
 *   benign: [BENIGN, Normal]       # spellings of benign, case ignored; they become BENIGN
 *   rename: {"DoS Hulk": DoS}      # exact label in the file: label of the flow
 *   drop:                          # rows that are ignored
 *     - {column: Label, matches: ".*Attempted"}
 *   unmatched: UNLABELLED          # label of flows without a row; this is the default
 * }</pre>
 *
 * @param name name of the data set
 * @param labelFile file of a capture, with <code>{capture}</code> for the capture's name; the
 *     wildcards {@code *} and {@code ?} are allowed and several files may fit
 * @param charset of the label files
 * @param columns which column is which
 * @param timestamps how time stamps are read
 * @param toleranceMicros how far a flow's start may lie outside the time a stamp stands for
 * @param labels what becomes of the labels
 */
public record DatasetDescription(
    String name,
    String labelFile,
    Charset charset,
    LabelColumns columns,
    TimestampFormat timestamps,
    long toleranceMicros,
    LabelRules labels) {
  /** Tolerance where the description gives none. */
  public static final long DEFAULT_TOLERANCE_MICROS = 1_000_000;

  /** Label file where the description names none. */
  public static final String DEFAULT_LABEL_FILE = "{capture}.csv";

  /**
   * @throws IllegalArgumentException naming the key when a value cannot be used
   */
  public DatasetDescription {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: must not be blank");
    }
    if (labelFile.isBlank()) {
      throw new IllegalArgumentException("label_file: must not be blank");
    }
    if (toleranceMicros < 0) {
      throw new IllegalArgumentException("time.tolerance_us: must not be negative");
    }
  }
}
