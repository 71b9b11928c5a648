package dev.janus.cli.report;

import dev.janus.cli.terminal.TextTable;
import dev.janus.eval.ComparedFigure;
import dev.janus.eval.Evaluation;
import dev.janus.eval.FlowBlocks;
import dev.janus.eval.PairedBlockBootstrap;
import dev.janus.eval.PairedComparison;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two scores of the same flows, compared.
 *
 * @param first where the first score comes from
 * @param second where the second comes from
 * @param data folder of the flows
 * @param hosts number of initiators among the tested flows
 * @param result figures, intervals and p-values
 */
public record Comparison(Side first, Side second, Path data, int hosts, PairedComparison result) {
  /** Fewer blocks than this make an interval that is too narrow. */
  private static final int FEW_BLOCKS = 10;

  /** With four digits what is smaller would round to less. */
  private static final double SMALLEST_SHOWN = 1e-4;

  /**
   * One of the two.
   *
   * @param run folder of the evaluation
   * @param score name of the score
   */
  public record Side(Path run, String score) {}

  /** The comparison as lines of text. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("A: " + first.score() + " of " + first.run());
    lines.add("B: " + second.score() + " of " + second.run());
    lines.add("");
    lines.addAll(figures().lines());
    lines.add("");
    lines.addAll(blocks().lines());
    lines.add("");
    lines.add(
        "%s resamples of whole blocks, with replacement and class by class; a block is the flows of"
                .formatted(TextTable.count(result.resamples()))
            + " one initiator that start in one hour.");
    lines.addAll(cautions());
    return lines;
  }

  private TextTable figures() {
    TextTable table = new TextTable("mean of classes", "A", "B", "A - B", "95% of it", "p");
    for (PairedComparison.Figure figure : result.figures()) {
      table.row(
          name(figure.figure()),
          number(figure.first()),
          number(figure.second()),
          number(figure.difference()),
          number(figure.lower()) + " to " + number(figure.upper()),
          probability(figure.pValue()));
    }
    return table;
  }

  private static String name(ComparedFigure figure) {
    String rate =
        BigDecimal.valueOf(100 * Evaluation.PARTIAL_FPR).stripTrailingZeros().toPlainString() + "%";
    return switch (figure) {
      case MACRO_AUROC -> "AUROC";
      case MACRO_PARTIAL_AUROC -> "partial AUROC to FPR " + rate;
      case MACRO_TPR -> "TPR@FPR " + rate;
    };
  }

  private static String number(double value) {
    return TextTable.number(value, 4);
  }

  /** None is 0, however few resamples lie beyond. */
  private static String probability(double value) {
    return value < SMALLEST_SHOWN ? "<0.0001" : number(value);
  }

  private TextTable blocks() {
    TextTable table = new TextTable("class", "flows", "blocks");
    result
        .strata()
        .forEach(stratum ->
            table.row(
                stratum.label(),
                TextTable.count(stratum.flows()),
                TextTable.count(stratum.blocks())));
    return table;
  }

  /** What makes an interval say less than it seems to, in words. */
  List<String> cautions() {
    List<String> cautions = new ArrayList<>();
    List<String> single = result.singleBlocks();
    if (!single.isEmpty()) {
      cautions.add(
          "of a single block, so that nothing is known of how they vary: "
              + String.join(", ", single));
    }
    List<String> few =
        result.strata().stream()
            .filter(stratum -> stratum.blocks() > 1 && stratum.blocks() < FEW_BLOCKS)
            .map(FlowBlocks.Stratum::label)
            .toList();
    if (!few.isEmpty()) {
      cautions.add(
          "of fewer than %d blocks, which makes intervals too narrow: %s"
              .formatted(FEW_BLOCKS, String.join(", ", few)));
    }
    if (hosts == 1) {
      cautions.add("all tested flows have one initiator, so that blocks are hours only");
    }
    return cautions;
  }

  /** The comparison for scripts. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("a", side(first));
    json.put("b", side(second));
    json.put("data", data.toString());
    Map<String, Object> figures = new LinkedHashMap<>();
    for (PairedComparison.Figure figure : result.figures()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("a", figure.first());
      values.put("b", figure.second());
      values.put("difference", figure.difference());
      values.put("interval", List.of(figure.lower(), figure.upper()));
      values.put("p_value", figure.pValue());
      figures.put(figure.figure().key(), values);
    }
    json.put("figures", figures);
    json.put("interval_confidence", PairedBlockBootstrap.CONFIDENCE);
    json.put("resamples", result.resamples());
    json.put("seed", result.seed());
    json.put(
        "blocks",
        result.strata().stream()
            .map(stratum -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("label", stratum.label());
              entry.put("n", stratum.flows());
              entry.put("blocks", stratum.blocks());
              return entry;
            })
            .toList());
    json.put("cautions", cautions());
    return json;
  }

  private static Map<String, Object> side(Side side) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", side.run().toString());
    json.put("score", side.score());
    return json;
  }
}
