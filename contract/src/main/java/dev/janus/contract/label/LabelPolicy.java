package dev.janus.contract.label;

/** Where the label of a flow comes from. A description may offer several; the user picks one. */
public sealed interface LabelPolicy
    permits CsvLabels, RuleSet, CaptureLabels, LabelPolicy.Constant {
  /** The kinds, as descriptions and the command line name them. */
  enum Kind {
    /** Rows of label files, joined on 5-tuple and start. */
    JOIN("join"),
    /** Time windows with addresses and further conditions. */
    RULES("rules"),
    /** The name of the capture, or of its folder. */
    CAPTURE("capture"),
    /** One label for every flow. */
    CONSTANT("constant");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /** Which of the kinds it is. */
  Kind kind();

  /**
   * The same label for every flow.
   *
   * @param label not blank
   */
  record Constant(String label) implements LabelPolicy {
    public Constant {
      if (label.isBlank()) {
        throw new IllegalArgumentException("labels.constant: must not be blank");
      }
    }

    @Override
    public Kind kind() {
      return Kind.CONSTANT;
    }
  }
}
