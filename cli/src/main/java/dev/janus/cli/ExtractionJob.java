package dev.janus.cli;

import dev.janus.cli.extraction.CaptureExtraction;
import dev.janus.cli.extraction.ExtractionPlan;
import dev.janus.cli.extraction.PartOutcome;
import dev.janus.cli.extraction.WorkFolder;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Quantity;
import dev.janus.contract.OutputException;
import dev.janus.contract.artifact.ArtifactWriter;
import dev.janus.contract.artifact.CaptureNames;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.artifact.FlowSequence;
import dev.janus.contract.artifact.SpilledFlows;
import dev.janus.contract.artifact.StoreWriter;
import dev.janus.contract.artifact.Stores;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.capture.CaptureSelection;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.contract.label.FlowLabeler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * From captures to the files of a data set.
 *
 * @param sources captures and folders of captures
 * @param labels where labels come from, if from anywhere
 * @param out folder of the result
 * @param options how packets are read
 * @param table limits of the flow table
 * @param memoryBytes for the open flows of all captures that are read at a time, in place of the
 *     table's own limit
 * @param boundary what the end of a file means
 * @param layout form of the result
 * @param jobs captures read at a time
 * @param start what to do with an earlier result, or with what an interrupted extraction left
 */
record ExtractionJob(
    List<Path> sources,
    Optional<LabelSource> labels,
    Path out,
    CaptureOptions options,
    FlowTableConfig table,
    Optional<Long> memoryBytes,
    CaptureBoundary boundary,
    Layout layout,
    int jobs,
    WorkFolder.Start start) {
  static final String REPORT_FILE = ArtifactWriter.SUMMARY_FILE;

  /** What counts as a result in a folder. */
  static final List<String> RESULTS =
      Stream.concat(FlowDataset.FILES.stream(), Stream.of(REPORT_FILE)).toList();

  /** Form of the result. */
  sealed interface Layout {
    /** {@code packets.npz}, padded, with two tables. */
    record Arrays() implements Layout {}

    /**
     * A sharded store.
     *
     * @param shardFlows flows of a shard
     */
    record Shards(int shardFlows) implements Layout {}
  }

  ExtractionJob {
    sources = List.copyOf(sources);
  }

  /**
   * Whether there is nothing to resume because the extraction has ended with a result.
   *
   * @throws CliException when the result is that of another extraction
   */
  boolean alreadyFinished(CommandContext context) {
    Path report = out.resolve(REPORT_FILE);
    if (start != WorkFolder.Start.RESUMED || WorkFolder.isIn(out) || !Files.exists(report)) {
      return false;
    }
    List<Path> captures = CaptureInputs.find(sources, context.terminal()).captures();
    if (!plan(captures).isOf(report)) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          report
              + ": the result of an extraction of other captures or with other rules; choose"
              + " another --out or add --overwrite");
    }
    return true;
  }

  /** Does the work; the result's files appear together at the end. */
  ExtractionSummary run(CommandContext context) {
    CaptureSelection selection = CaptureInputs.find(sources, context.terminal());
    List<Path> captures = selection.captures();
    List<String> names = CaptureNames.of(selection);
    ExtractionPlan plan = plan(captures);
    // What an interrupted extraction was about to replace may be replaced; nothing else unasked.
    boolean replaces =
        start == WorkFolder.Start.ANEW
            || (start == WorkFolder.Start.RESUMED && WorkFolder.isIn(out));
    OutputFolder.Existing existing =
        replaces ? OutputFolder.Existing.REPLACE : OutputFolder.Existing.REFUSE;
    Stores.restore(out);
    try (OutputFolder folder = OutputFolder.prepare(out, RESULTS, existing)) {
      Optional<LabelSource.Rows> rows = labels.map(source -> source.read(captures, names));
      try (WorkFolder work = WorkFolder.open(out, plan, context.build().version(), start)) {
        ExtractionSummary summary = extract(context, folder, plan, work, names, rows);
        folder.complete();
        work.remove();
        return summary;
      }
    } catch (OutputException e) {
      throw WorkFolder.isIn(out) ? resumable(e) : e;
    }
  }

  /** Says that nothing of what was read need be read again. */
  private OutputException resumable(OutputException failure) {
    String again = start == WorkFolder.Start.ANEW ? "--resume in place of --overwrite" : "--resume";
    return new OutputException(
        "%s; the flows read so far are kept in %s: once it can be written, repeat the command with %s"
            .formatted(failure.getMessage(), WorkFolder.in(out), again),
        failure);
  }

  private ExtractionPlan plan(List<Path> captures) {
    ExtractionPlan plan = new ExtractionPlan(captures, options, table, boundary);
    if (memoryBytes.isEmpty()) {
      return plan;
    }
    try {
      return plan.within(memoryBytes.get(), jobs);
    } catch (IllegalArgumentException e) {
      throw new CliException(
          ExitCode.USAGE,
          "--memory: %s (captures read at a time: %,d); give more, or fewer --jobs"
              .formatted(e.getMessage(), plan.together(jobs)),
          e);
    }
  }

  private ExtractionSummary extract(
      CommandContext context,
      OutputFolder folder,
      ExtractionPlan plan,
      WorkFolder work,
      List<String> names,
      Optional<LabelSource.Rows> rows) {
    sayLimits(context, plan, work);
    CaptureExtraction extraction = new CaptureExtraction(plan, work, jobs);
    List<PartOutcome> outcomes =
        extraction.run(context.terminal(), context.interruption()::requested);
    if (outcomes.stream().allMatch(outcome -> outcome.flows() == 0)) {
      work.remove();
      throw noFlows(plan);
    }
    try (SpilledFlows flows = extraction.flows()) {
      LabelTally labeler = LabelTally.of(rows, names);
      write(context, folder, flows, names, labeler);
      ExtractionSummary summary =
          new ExtractionSummary(
              plan,
              names,
              outcomes,
              labeler.counts(),
              labeler.origin(),
              labeler.report(),
              labeler.advice(flows),
              folder.path(),
              context.build());
      folder.writeText(REPORT_FILE, Json.pretty(summary.json()));
      return summary;
    }
  }

  private void sayLimits(CommandContext context, ExtractionPlan plan, WorkFolder work) {
    int together = plan.together(jobs);
    context
        .terminal()
        .say(
            "%s, %,d at a time, each with at most %s: %,d MiB for them at most"
                .formatted(
                    Quantity.of(plan.captures().size(), "capture"),
                    together,
                    Quantity.of(plan.table().maxOpenFlows(), "open flow"),
                    together * plan.table().memoryBytes() >> 20));
    if (work.completed() > 0) {
      context
          .terminal()
          .say(
              "going on: %,d of %s %s done"
                  .formatted(
                      work.completed(),
                      Quantity.of(plan.partCount(), "capture"),
                      Quantity.word(work.completed(), "is", "are")));
    }
  }

  private static CliException noFlows(ExtractionPlan plan) {
    return new CliException(
        ExitCode.DATA,
        plan.captures().getFirst()
            + ": no TCP, UDP or ICMP flow in "
            + (plan.captures().size() == 1
                ? "this capture"
                : "these " + plan.captures().size() + " captures"));
  }

  private void write(
      CommandContext context,
      OutputFolder folder,
      FlowSequence flows,
      List<String> names,
      FlowLabeler labeler) {
    try (Progress progress = context.terminal().progress()) {
      LongConsumer written =
          count -> {
            context.interruption().check();
            progress.update(() -> "writing flows: %,d of %,d".formatted(count, flows.size()));
          };
      switch (layout) {
        case Layout.Arrays() -> ArtifactWriter.write(folder.path(), flows, names, labeler, written);
        case Layout.Shards(int shardFlows) ->
            StoreWriter.write(folder.path(), flows, names, labeler, shardFlows, written);
      }
    }
  }
}
