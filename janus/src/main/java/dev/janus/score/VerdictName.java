package dev.janus.score;

/** The verdicts on a flow; each is a distance from benign flows and its p-value. */
public enum VerdictName {
  /** The default, see {@link FusedVerdict}. */
  FUSED("fused", "fused_p_value"),
  /** By the ten scores alone (method, section 8). */
  D2("d2", "p_value"),
  /** By the mean hidden state alone, see {@link HiddenState}. */
  HIDDEN("hidden", "hidden_p_value");

  /** What a report's figures are of unless another is asked for. */
  public static final VerdictName DEFAULT = FUSED;

  private final String label;
  private final String pValueLabel;

  VerdictName(String label, String pValueLabel) {
    this.label = label;
    this.pValueLabel = pValueLabel;
  }

  /** Name in files and tables. */
  public String label() {
    return label;
  }

  /** Name of its p-value there. */
  public String pValueLabel() {
    return pValueLabel;
  }
}
