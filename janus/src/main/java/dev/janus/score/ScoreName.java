package dev.janus.score;

import dev.janus.model.ModelConfig;
import java.util.Arrays;
import java.util.List;

/** The ten scores of a flow, in vector order (method, section 7). */
public enum ScoreName {
  TERMINAL_NORM("terminal_norm"),
  TERMINAL_FLOW("terminal_flow"),
  TERMINAL_PACKET("terminal_packet"),
  DISC_NLL_TOTAL("disc_nll_total"),
  DISC_NLL_CH2("disc_nll_ch2"),
  DISC_NLL_CH3("disc_nll_ch3"),
  DISC_NLL_CH4("disc_nll_ch4"),
  DISC_NLL_CH5("disc_nll_ch5"),
  DISC_NLL_CH6("disc_nll_ch6"),
  DISC_NLL_CH7("disc_nll_ch7");

  /** Length of a score vector. */
  public static final int COUNT = values().length;

  private final String label;

  ScoreName(String label) {
    this.label = label;
  }

  /** Name in files and tables. */
  public String label() {
    return label;
  }

  /**
   * Whether a model computes this score. One that it does not compute, because what the score is
   * made of takes no part in the model, is 0 for every flow and adds nothing to its distance.
   * terminal_norm joins packets and features: without one of them it would repeat the other's.
   */
  public boolean isComputedBy(ModelConfig model) {
    return switch (this) {
      case TERMINAL_NORM -> model.hasContinuous() && model.hasFlowToken();
      case TERMINAL_FLOW -> model.hasFlowToken();
      case TERMINAL_PACKET -> model.hasContinuous();
      default -> model.hasBits();
    };
  }

  /** The scores that a model computes, in vector order; at least one. */
  public static List<ScoreName> computedBy(ModelConfig model) {
    return Arrays.stream(values()).filter(name -> name.isComputedBy(model)).toList();
  }

  /** Names of the scores that a model does not compute, in vector order. */
  public static List<String> notComputedBy(ModelConfig model) {
    return Arrays.stream(values())
        .filter(name -> !name.isComputedBy(model))
        .map(ScoreName::label)
        .toList();
  }

  /** All names in vector order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ScoreName::label).toList();
  }
}
