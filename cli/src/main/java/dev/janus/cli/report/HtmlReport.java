package dev.janus.cli.report;

import dev.janus.cli.terminal.TextTable;
import dev.janus.eval.EvaluationReport;
import java.util.List;

/** A page that shows an evaluation and needs nothing but itself. */
public final class HtmlReport {
  private static final int BINS = 60;

  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
      table { border-collapse: collapse; } th, td { padding: .2rem .8rem .2rem 0; text-align: right; border-bottom: 1px solid #ddd; font-variant-numeric: tabular-nums; }
      th:first-child, td:first-child { text-align: left; }
      svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: currentColor; }
      .benign { fill: #1b7837; fill-opacity: .55; } .attack { fill: #b2182b; fill-opacity: .55; }
      .axis { stroke: currentColor; } .key { display: inline-block; width: .8em; height: .8em; }
      .b { background: #1b7837; } .a { background: #b2182b; }
      dt { float: left; clear: left; width: 9rem; color: #666; } dd { margin-left: 9.5rem; overflow-wrap: anywhere; }
      @media (prefers-color-scheme: dark) { body { background: #161616; color: #e8e8e8; } th, td { border-color: #444; } dt { color: #aaa; } }
      """;

  private HtmlReport() {}

  /** The page. */
  public static String of(EvaluationResult result) {
    EvaluationReport report = result.report();
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>JANUS evaluation</title>\n<style>\n").append(STYLE);
    page.append("</style>\n</head>\n<body>\n<h1>JANUS evaluation</h1>\n");
    page.append(
        "<p>Macro AUROC <strong>%.4f</strong>, pooled AUROC %.4f, AUPRC %.4f on %,d benign and %,d attack flows, none of which trained or validated the model.</p>\n"
            .formatted(
                report.macroAuroc(),
                report.pooledAuroc(),
                report.auprc(),
                report.benign(),
                report.attack()));
    page.append("<h2>Attack classes</h2>\n").append(table(EvaluationTables.classes(report)));
    page.append("<h2>Distance d2 of the tested flows</h2>\n");
    page.append(
        "<p><span class=\"key b\"></span> benign <span class=\"key a\"></span> attack; share of the flows of each kind per bin, logarithmic axis</p>\n");
    ScoredDataset scored = result.scored();
    page.append(
        HistogramSvg.draw(
            Histogram.of(
                scored.distances(scored.tested(true)),
                scored.distances(scored.tested(false)),
                BINS)));
    page.append("<h2>Operating points</h2>\n");
    page.append(
        "<p>A flow is an alarm when its d2 is above a quantile of %,d benign validation flows.</p>\n"
            .formatted(result.validationFlows()));
    page.append(table(EvaluationTables.operatingPoints(report)));
    page.append("<h2>Each score alone</h2>\n").append(table(EvaluationTables.singleScores(report)));
    page.append("<h2>Provenance</h2>\n").append(provenance(result));
    return page.append("</body>\n</html>\n").toString();
  }

  private static String provenance(EvaluationResult result) {
    StringBuilder list = new StringBuilder("<dl>\n");
    entry(list, "Model", result.model().toString());
    entry(list, "Data", result.data().toString());
    entry(list, "Seed", Long.toString(result.config().seed()));
    entry(
        list,
        "Network",
        "d_model %d, %d layers, %d heads, %,d steps"
            .formatted(
                result.config().model().dModel(),
                result.config().model().layers(),
                result.config().model().heads(),
                result.config().training().steps()));
    entry(list, "Scoring", "%,.0f flows/s".formatted(result.scored().flowsPerSecond()));
    entry(list, "Build", result.build());
    return list.append("</dl>\n").toString();
  }

  private static void entry(StringBuilder list, String name, String value) {
    list.append("<dt>").append(name).append("</dt><dd>").append(escaped(value)).append("</dd>\n");
  }

  private static String table(TextTable table) {
    StringBuilder html = new StringBuilder("<table>\n");
    row(html, "th", table.headers());
    table.rows().forEach(cells -> row(html, "td", cells));
    return html.append("</table>\n").toString();
  }

  private static void row(StringBuilder html, String tag, List<String> cells) {
    html.append("<tr>");
    for (String cell : cells) {
      html.append('<').append(tag).append('>').append(escaped(cell));
      html.append("</").append(tag).append('>');
    }
    html.append("</tr>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
