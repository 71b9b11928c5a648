package dev.janus.cli;

import dev.janus.cli.extraction.WorkFolder;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Quantity;
import dev.janus.contract.artifact.AtomicFile;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.score.ChosenVerdict;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The whole chain on the bundled captures, step by step as a user would run it.
 *
 * @param home folder of the checkout, with examples and configs
 * @param out folder for everything that is written
 */
record DemoJob(Path home, Path out) {
  /** The checkout the launcher started from. */
  static Path installation() {
    Path home = Path.of(System.getProperty("janus.home", ""));
    if (!Files.isDirectory(home.resolve("examples"))) {
      throw new CliException(
          ExitCode.NO_INPUT,
          home.toAbsolutePath() + ": no folder 'examples' here; start the demo with bin/janus");
    }
    return home;
  }

  /** Does the work and says what it does. */
  void run(CommandContext context) {
    Path captures = InputFiles.requireFolder(home.resolve("examples/testbed-c"));
    Path config = home.resolve("configs/demo.yaml");
    Path data = out.resolve("data");
    Path model = out.resolve("model");
    Path results = out.resolve("eval");
    Path scores = out.resolve("scores.csv");
    OutputFolder.prepare(out, List.of(), OutputFolder.Existing.REPLACE).complete();

    step(context, "1/4 extract: captures to labelled flows (examples/testbed-c)");
    ExtractionSummary extraction = extraction(captures, data).run(context);
    explain(context, extraction);

    step(context, "2/4 train: a small network on benign flows only (configs/demo.yaml)");
    context.terminal().say(training(config, data, model).run(context).line());

    step(context, "3/4 eval: AUROC per attack class on flows the model has never seen");
    EvaluationSettings settings =
        new EvaluationSettings(
            EvaluationJob.Network.SAME,
            Set.of(),
            TrafficOptions.FLOWS_PER_DAY,
            ChosenVerdict.DEFAULT,
            List.of(),
            OptionalInt.empty(),
            threads());
    EvaluationPrinter.run(context, List.of(model), data, results, settings);

    step(context, "4/4 score: one line per flow of a capture, as for new traffic");
    long scored = score(context, model, captures.resolve("c-02-mixed.pcap.gz"), scores);
    if (!context.json()) {
      context.print("");
      context.print("Scored %s into %s".formatted(Quantity.of(scored, "flow"), scores));
      context.print("Everything is in %s".formatted(out));
      context.print("  report   %s".formatted(results.resolve(EvaluationJob.REPORT_FILE)));
      context.print("  metrics  %s".formatted(results.resolve(EvaluationJob.METRICS_FILE)));
      context.print("  scores   %s".formatted(results.resolve(EvaluationJob.SCORES_FILE)));
      context.print("  model    %s".formatted(model.resolve(TrainingJob.MODEL_FILE)));
    }
  }

  private ExtractionJob extraction(Path captures, Path data) {
    return new ExtractionJob(
        List.of(captures),
        LabelSource.of(
            Optional.of(home.resolve("configs/datasets/testbed-c.yaml")),
            Optional.of(captures),
            Optional.empty()),
        data,
        CaptureOptions.defaults(),
        FlowTableConfig.defaults(),
        Optional.empty(),
        CaptureBoundary.ENDS_FLOWS,
        new ExtractionJob.Layout.Arrays(),
        threads(),
        WorkFolder.Start.ANEW);
  }

  private static TrainingJob training(Path config, Path data, Path model) {
    return new TrainingJob(
        config, List.of(), data, model, TrainingJob.Start.FRESH, OutputFolder.Existing.REPLACE);
  }

  private static void explain(CommandContext context, ExtractionSummary extraction) {
    context
        .terminal()
        .say(
            "%,d packets in %,d flows: %s"
                .formatted(extraction.packets(), extraction.flows(), extraction.labels()));
  }

  private static long score(CommandContext context, Path model, Path capture, Path scores) {
    ScoringJob job =
        new ScoringJob(
            model,
            List.of(capture),
            CaptureOptions.defaults(),
            FlowTableConfig.defaults(),
            CaptureBoundary.ENDS_FLOWS,
            ScoringJob.Scores.ALL,
            ScoringJob.Format.CSV,
            threads());
    try (AtomicFile file = AtomicFile.create(scores)) {
      BufferedWriter writer =
          new BufferedWriter(Channels.newWriter(file.channel(), StandardCharsets.UTF_8));
      long scored =
          job.run(
              context,
              line -> {
                try {
                  writer.write(line);
                  writer.newLine();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      writer.flush();
      file.commit();
      return scored;
    } catch (IOException | UncheckedIOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, scores + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static void step(CommandContext context, String text) {
    context.terminal().say("");
    context.terminal().say("== " + text);
  }
}
