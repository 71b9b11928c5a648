package dev.janus.score;

import java.util.Arrays;
import java.util.List;

/**
 * What the fused verdict weighs, in the order of files; {@code docs/verdict.md} says why these. The
 * larger a measure, the stranger the flow.
 */
public enum FusedMeasure {
  /** Squared Mahalanobis distance of the ten scores. */
  OAS("oas"),
  /** Sum of the ten scores, each standardised. */
  SUM("sum"),
  /** Mean squared distance of the packets' hidden states from benign ones at the same place. */
  PACKETS("hidden_packets"),
  /** The largest of these distances among the first three packets. */
  OPENING("hidden_opening"),
  /** Squared Mahalanobis distance of the 20 flow features. */
  FEATURES("features");

  /** Packets that {@link #OPENING} looks at; in TCP the handshake. */
  public static final int OPENING_PACKETS = 3;

  /** Number of measures. */
  public static final int COUNT = values().length;

  private final String label;

  FusedMeasure(String label) {
    this.label = label;
  }

  /** Name in files and tables. */
  public String label() {
    return label;
  }

  /** All names in order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(FusedMeasure::label).toList();
  }
}
