package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.artifact.CaptureNames;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.artifact.FlowSequence;
import dev.janus.contract.artifact.FlowSpill;
import dev.janus.contract.artifact.MetadataFlows;
import dev.janus.contract.artifact.SelectedFlows;
import dev.janus.contract.artifact.SpilledFlows;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.capture.CaptureSelection;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.ExtractionReport;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowExtractor;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.contract.label.CsvLabels;
import dev.janus.contract.label.JoinAudit;
import dev.janus.contract.label.LabelPolicy;
import dev.janus.contract.label.RuleSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From flows and labels to what can be told about both.
 *
 * @param data folder of an extraction; empty when captures are read
 * @param sources captures and folders of captures
 * @param labels where the labels come from
 * @param options how packets are read
 * @param table limits of the flow table
 * @param boundary what the end of a file means
 * @param out folder of the result, where the flows of captures are while they are looked at; empty
 *     for the system's temporary folder
 */
record LabelsAuditJob(
    Optional<Path> data,
    List<Path> sources,
    LabelSource labels,
    CaptureOptions options,
    FlowTableConfig table,
    CaptureBoundary boundary,
    Optional<Path> out) {
  /** Does the work. */
  LabelsAudit run(CommandContext context) {
    return data.isPresent() ? ofData(context, data.get()) : ofCaptures(context);
  }

  private LabelsAudit ofData(CommandContext context, Path folder) {
    MetadataFlows flows = MetadataFlows.read(InputFiles.requireData(folder));
    List<String> captures = flows.captures();
    LabelSource.Rows rows = labels.read(ExtractedCaptures.places(folder, captures), captures);
    // Only rules may ask what is in the packets.
    FlowSequence looked =
        rows.policy() instanceof RuleSet ? SelectedFlows.all(FlowDataset.read(folder)) : flows;
    return audit(context, rows, captures, looked);
  }

  private LabelsAudit ofCaptures(CommandContext context) {
    CaptureSelection selection = CaptureInputs.find(sources, context.terminal());
    List<Path> captures = selection.captures();
    List<String> names = CaptureNames.of(selection);
    LabelSource.Rows rows = labels.read(captures, names);
    try (SpillFolder folder = SpillFolder.create(out)) {
      Path spill = folder.path().resolve("flows.spill");
      extract(context, captures, spill);
      try (SpilledFlows flows = SpilledFlows.open(List.of(spill))) {
        return audit(context, rows, names, flows);
      }
    }
  }

  private void extract(CommandContext context, List<Path> captures, Path spill) {
    try (Progress progress = context.terminal().progress();
        FlowSpill flows = FlowSpill.create(spill)) {
      ExtractionReport report =
          new FlowExtractor(table, options, boundary, 0, flows)
              .run(
                  captures,
                  (read, total, packets, flowCount) ->
                      progress.update(() ->
                          "reading captures: %d %%, %s flows"
                              .formatted(
                                  total == 0 ? 100 : 100 * read / total,
                                  TextTable.count(flowCount))),
                  context.interruption()::requested);
      if (report.stopped()) {
        throw new CliException(ExitCode.INTERRUPTED, "interrupted; nothing was written");
      }
      flows.complete();
    }
  }

  private LabelsAudit audit(
      CommandContext context, LabelSource.Rows rows, List<String> captures, FlowSequence flows) {
    if (flows.size() == 0) {
      throw new CliException(ExitCode.DATA, "there are no flows to look at");
    }
    try (Progress progress = context.terminal().progress()) {
      WatchedFlows watched =
          new WatchedFlows(
              flows,
              seen -> {
                context.interruption().check();
                progress.update(() -> "labelling flows: %,d of %,d".formatted(seen, flows.size()));
              });
      if (rows.policy() instanceof CsvLabels) {
        return new LabelsAudit(
            rows.description().name(),
            LabelPolicy.Kind.JOIN,
            Optional.of(
                JoinAudit.of(
                    rows.description(), rows.tables(), rows.timeOffset(), captures, watched)),
            LabelOrigin.NONE,
            Map.of());
      }
      LabelTally tally = LabelTally.of(Optional.of(rows), captures);
      for (Flow flow : watched) {
        tally.label(flow);
      }
      return new LabelsAudit(
          rows.description().name(),
          rows.policy().kind(),
          Optional.empty(),
          tally.origin(),
          tally.counts());
    }
  }
}
