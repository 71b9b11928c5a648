package dev.janus.contract.label;

import java.util.Locale;

/**
 * What becomes of attempts: flows that belong to an attack by time and addresses but carry none of
 * it, such as a connection that was refused. Corrected label files mark them with the ending {@code
 * " - Attempted"}; rules mark them themselves.
 */
public enum AttemptedFlows {
  /** They keep their own label, so that each is a class beside the attack's. */
  KEEP("keep"),
  /** They count as the attack they were meant to be. */
  ATTACK("attack"),
  /** They become {@link LabelRules#UNLABELLED}, which neither trains nor is tested. */
  DROP("drop"),
  /** They become {@link LabelRules#BENIGN}. */
  BENIGN("benign");

  /** Ending of the labels of attempts. */
  public static final String ENDING = " - Attempted";

  private final String key;

  AttemptedFlows(String key) {
    this.key = key;
  }

  /** Name in descriptions and on the command line. */
  public String key() {
    return key;
  }

  /** Whether a label has the ending of attempts, case ignored. */
  static boolean marked(String label) {
    int from = label.length() - ENDING.length();
    return from > 0
        && label.substring(from).toLowerCase(Locale.ROOT).equals(ENDING.toLowerCase(Locale.ROOT));
  }

  /** The label of a flow whose label may be that of an attempt. */
  String apply(String label) {
    if (this == KEEP || !marked(label)) {
      return label;
    }
    return switch (this) {
      case KEEP, ATTACK -> label.substring(0, label.length() - ENDING.length()).strip();
      case DROP -> LabelRules.UNLABELLED;
      case BENIGN -> LabelRules.BENIGN;
    };
  }
}
