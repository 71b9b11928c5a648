package dev.janus.cli;

import dev.janus.cli.terminal.Json;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.flow.FlowSink;
import dev.janus.score.FlowScorer;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.FusedMeasure;
import dev.janus.score.ScoreName;
import dev.janus.score.VerdictName;
import dev.janus.score.Verdicts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Collects finished flows, scores them many at a time and prints a line for each. After a stop it
 * takes no more: the flows that come then were cut by the stop.
 */
final class ScoredFlowLines implements FlowSink {
  private static final int FLOWS_PER_BATCH = 512;

  private static final List<String> FLOW_COLUMNS =
      List.of(
          "flow_id",
          "src_ip",
          "src_port",
          "dst_ip",
          "dst_port",
          "protocol",
          "start_us",
          "end_us",
          "packets");

  private final FlowScorer scorer;
  private final ScoringJob.Scores scores;
  private final List<String> scoreColumns;
  private final List<String> notComputed;
  private final ScoringJob.Format format;
  private final Consumer<String> out;
  private final BooleanSupplier stop;
  private final List<Flow> waiting = new ArrayList<>();
  private final FlowBatch batch = new FlowBatch();
  private final double[] features = new double[FlowFeature.COUNT];
  private long count;

  ScoredFlowLines(
      FlowScorer scorer,
      ScoringJob.Scores scores,
      ScoringJob.Format format,
      Consumer<String> out,
      BooleanSupplier stop) {
    this.scorer = scorer;
    this.scores = scores;
    this.scoreColumns = scoreColumns(scores);
    this.notComputed = scorer.notComputed();
    this.format = format;
    this.out = out;
    this.stop = stop;
    if (format == ScoringJob.Format.CSV) {
      StringJoiner header = new StringJoiner(",");
      FLOW_COLUMNS.forEach(header::add);
      scoreColumns.forEach(header::add);
      out.accept(header.toString());
    }
  }

  private static List<VerdictName> verdicts(ScoringJob.Scores scores) {
    return switch (scores) {
      case ALL -> List.of(VerdictName.values());
      case HIDDEN -> List.of(VerdictName.HIDDEN);
    };
  }

  private static List<String> scoreColumns(ScoringJob.Scores scores) {
    List<String> columns = new ArrayList<>();
    if (scores == ScoringJob.Scores.ALL) {
      columns.addAll(ScoreName.labels());
      columns.addAll(FusedMeasure.labels());
    }
    verdicts(scores)
        .forEach(name -> {
          columns.add(name.label());
          columns.add(name.pValueLabel());
        });
    return columns;
  }

  @Override
  public void accept(Flow flow) {
    if (stop.getAsBoolean()) {
      return;
    }
    FlowFeatures.compute(flow.tokens(), 0, flow.length(), features, 0);
    batch.add(flow.tokens(), flow.length(), features);
    waiting.add(flow);
    if (waiting.size() == FLOWS_PER_BATCH) {
      flush();
    }
  }

  /** Scores and prints what waits. */
  void flush() {
    if (waiting.isEmpty() || stop.getAsBoolean()) {
      return;
    }
    List<double[]> scored =
        switch (scores) {
          case ALL -> values(scorer.score(batch));
          case HIDDEN -> values(scorer.hidden(batch));
        };
    for (int i = 0; i < waiting.size(); i++) {
      Map<String, Object> row = row(waiting.get(i), scored, i);
      out.accept(format == ScoringJob.Format.JSONL ? Json.line(row) : csv(row));
    }
    count += waiting.size();
    waiting.clear();
    batch.clear();
  }

  /** Flows printed. */
  long count() {
    return count;
  }

  /** What stands in the score columns, column by column. */
  private static List<double[]> values(FlowVerdicts verdicts) {
    List<double[]> columns = new ArrayList<>();
    columns.addAll(columns(verdicts.scores(), ScoreName.COUNT));
    columns.addAll(columns(verdicts.measures(), FusedMeasure.COUNT));
    for (VerdictName name : VerdictName.values()) {
      columns.addAll(values(verdicts.by(name)));
    }
    return columns;
  }

  private static List<double[]> values(Verdicts verdicts) {
    return List.of(verdicts.distances(), verdicts.pValues());
  }

  private static List<double[]> columns(double[] rows, int count) {
    return IntStream.range(0, count)
        .mapToObj(c ->
            IntStream.range(0, rows.length / count).mapToDouble(f -> rows[f * count + c]).toArray())
        .toList();
  }

  /** What is not computed is NaN. */
  private Map<String, Object> row(Flow flow, List<double[]> scored, int i) {
    Map<String, Object> row = new LinkedHashMap<>();
    List<Object> cells =
        List.of(
            flow.flowId(),
            flow.tuple().initiator().toString(),
            flow.tuple().initiatorPort(),
            flow.tuple().responder().toString(),
            flow.tuple().responderPort(),
            flow.tuple().protocol(),
            flow.startMicros(),
            flow.endMicros(),
            flow.packets());
    for (int c = 0; c < cells.size(); c++) {
      row.put(FLOW_COLUMNS.get(c), cells.get(c));
    }
    for (int c = 0; c < scoreColumns.size(); c++) {
      String column = scoreColumns.get(c);
      row.put(column, notComputed.contains(column) ? Double.NaN : scored.get(c)[i]);
    }
    return row;
  }

  private static String csv(Map<String, Object> row) {
    StringJoiner line = new StringJoiner(",");
    row.values().forEach(cell -> line.add(cell.equals(Double.NaN) ? "" : cell.toString()));
    return line.toString();
  }
}
