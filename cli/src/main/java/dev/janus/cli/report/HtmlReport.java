package dev.janus.cli.report;

import dev.janus.eval.EvaluationReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** A page that shows an evaluation and needs nothing but itself. */
public final class HtmlReport {
  private static final int BINS = 60;

  private HtmlReport() {}

  /** The page. */
  public static String of(EvaluationResult result) {
    EvaluationReport report = result.report();
    HtmlPage page = new HtmlPage("JANUS evaluation");
    page.raw(
        "<p>Macro AUROC <strong>%.4f</strong>, pooled AUROC %.4f, AUPRC %.4f on %,d benign and %,d attack flows, none of which trained or validated the model.</p>\n"
            .formatted(
                report.d2().macroAuroc(),
                report.d2().pooledAuroc(),
                report.auprc(),
                report.benign(),
                report.attack()));
    page.heading("Attack classes").table(EvaluationTables.classes(report));
    EvaluationTables.unresolved(report).ifPresent(page::paragraph);
    page.heading("Distance d2 of the tested flows");
    page.raw(
        "<p><span class=\"key b\"></span> benign <span class=\"key a\"></span> attack; share of the flows of each kind per bin, logarithmic axis</p>\n");
    ScoredDataset scored = result.scored();
    page.raw(
        HistogramSvg.draw(
            Histogram.of(
                scored.distances(scored.tested(true)),
                scored.distances(scored.tested(false)),
                BINS)));
    page.heading("Operating points");
    page.paragraph(
        "A flow is an alarm when its d2 is above a quantile of %,d benign validation flows."
            .formatted(result.validationFlows()));
    page.table(EvaluationTables.operatingPoints(result));
    page.heading("Calibration");
    page.paragraph(
        "A threshold is certified when at most the stated share of benign flows lies above it, with 95% confidence, as long as they are like the calibration flows.");
    page.table(EvaluationTables.calibration(result));
    EvaluationTables.drift(result).forEach(page::paragraph);
    page.heading("Each score alone, mean over the classes").table(EvaluationTables.scores(report));
    return page.heading("Provenance").entries(provenance(result)).text();
  }

  private static Map<String, String> provenance(EvaluationResult result) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("Model", result.model().toString());
    entries.put("Data", result.data().toString());
    entries.put("Seed", Long.toString(result.config().seed()));
    entries.put(
        "Network",
        "d_model %d, %d layers, %d heads, %,d steps"
            .formatted(
                result.config().model().dModel(),
                result.config().model().layers(),
                result.config().model().heads(),
                result.config().training().steps()));
    entries.put("Scoring", "%,.0f flows/s".formatted(result.scored().flowsPerSecond()));
    entries.put("Build", result.build());
    return entries;
  }
}
