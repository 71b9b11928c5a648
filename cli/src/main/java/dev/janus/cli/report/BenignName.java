package dev.janus.cli.report;

import dev.janus.contract.label.LabelRules;
import java.util.Collection;

/** What the benign flows, whose labels may be several, are called in a table of classes. */
public final class BenignName {
  private static final String OTHER = "benign flows";

  private BenignName() {}

  /**
   * The usual label, unless a class of attack is called so.
   *
   * @param attacks labels of the attacks in the table
   */
  public static String beside(Collection<String> attacks) {
    return attacks.contains(LabelRules.BENIGN) ? OTHER : LabelRules.BENIGN;
  }
}
