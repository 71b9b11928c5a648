package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.report.BenignName;
import dev.janus.cli.report.Comparison;
import dev.janus.cli.results.EvaluatedFlows;
import dev.janus.cli.results.EvaluatedRun;
import dev.janus.cli.results.RunFolder;
import dev.janus.cli.results.RunScores;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.NearestWord;
import dev.janus.cli.terminal.Progress;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.artifact.MetadataFlows;
import dev.janus.eval.FlowBlocks;
import dev.janus.eval.HostHours;
import dev.janus.eval.PairedBlockBootstrap;
import dev.janus.eval.PairedComparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From two evaluations of the same flows to how sure their difference is.
 *
 * @param first folder of an evaluation
 * @param second folder of another one, or the same
 * @param firstScore name of the score; empty for the one that verdicts are made by
 * @param secondScore name of the score of the other
 * @param data folder of the flows, if it is not where the first evaluation says
 * @param resamples number of draws
 * @param seed seed of the draws
 */
record ComparisonJob(
    Path first,
    Path second,
    Optional<String> firstScore,
    Optional<String> secondScore,
    Optional<Path> data,
    int resamples,
    long seed) {
  private static final String FIX =
      "; compare evaluations of one data set with one split, labels and configuration alike";

  /** Does the work. */
  Comparison run(CommandContext context) {
    RunFolder folderA = found(first);
    RunFolder folderB = found(second);
    boolean same = folderA.isSameAs(folderB);
    EvaluatedRun a = EvaluatedRun.read(folderA);
    EvaluatedRun b = same ? a : EvaluatedRun.read(folderB);
    Comparison.Side sideA = new Comparison.Side(first, score(first, a, firstScore));
    Comparison.Side sideB = new Comparison.Side(second, score(second, b, secondScore));
    if (same && sideA.score().equals(sideB.score())) {
      throw new CliException(
          ExitCode.USAGE,
          "%s of %s cannot be compared with itself; name two scores with --score-a and --score-b, or"
                  .formatted(sideA.score(), first)
              + " two folders");
    }
    requireSame(a.difference(b).map(why -> first + " and " + second + ": " + why));
    Path folder = InputFiles.requireData(flows(folderA));
    FlowMetadata flows = MetadataFlows.read(folder).metadata();
    requireSame(EvaluatedFlows.difference(folder, flows, a.scores()));
    int[] tested = a.scores().tested();
    FlowBlocks blocks =
        FlowBlocks.of(
            Arrays.stream(tested).mapToObj(a.scores()::label).toList(),
            benign(a.scores(), tested),
            BenignName.beside(a.attacks().keySet()),
            HostHours.of(flows, tested));
    PairedComparison compared =
        compare(
            context,
            blocks,
            a.scores().values(sideA.score(), tested),
            b.scores().values(sideB.score(), tested));
    return new Comparison(sideA, sideB, folder, initiators(flows, tested), compared);
  }

  private static RunFolder found(Path path) {
    List<RunFolder> found = RunFolder.find(List.of(path));
    if (found.size() > 1) {
      throw new CliException(
          ExitCode.USAGE,
          "%s: holds %d evaluations; name one of them, such as %s"
              .formatted(path, found.size(), found.getFirst().path()));
    }
    return found.getFirst();
  }

  private static String score(Path path, EvaluatedRun run, Optional<String> wanted) {
    String name = wanted.orElse(run.verdict());
    if (run.metrics().notComputed().contains(name)) {
      throw new CliException(
          ExitCode.USAGE,
          "%s: the model does not compute '%s', as its configuration says".formatted(path, name));
    }
    List<String> known = run.scores().names();
    if (!known.contains(name)) {
      String hint =
          NearestWord.nearest(name, known)
              .map(near -> "did you mean '" + near + "'?")
              .orElseGet(() -> "its scores are " + String.join(", ", known));
      throw new CliException(
          ExitCode.USAGE, "%s: there is no score '%s'; %s".formatted(path, name, hint));
    }
    return name;
  }

  private static void requireSame(Optional<String> difference) {
    if (difference.isPresent()) {
      throw new CliException(ExitCode.DATA, difference.get() + FIX);
    }
  }

  private Path flows(RunFolder run) {
    String stated = run.metrics().provenance().data();
    if (data.isEmpty() && stated.isEmpty()) {
      throw new CliException(
          ExitCode.NO_INPUT,
          first + ": the metrics do not say where the flows are; name their folder with --data");
    }
    Path folder = data.orElseGet(() -> run.located(Path.of(stated)));
    if (data.isEmpty() && !Files.isDirectory(folder)) {
      throw new CliException(
          ExitCode.NO_INPUT,
          "%s: the folder of its flows, '%s', is not there; name it with --data"
              .formatted(first, folder));
    }
    return folder;
  }

  private static boolean[] benign(RunScores scores, int[] tested) {
    boolean[] benign = new boolean[tested.length];
    for (int k = 0; k < tested.length; k++) {
      benign[k] = scores.benign(tested[k]);
    }
    return benign;
  }

  private static int initiators(FlowMetadata flows, int[] tested) {
    return (int)
        Arrays.stream(tested).mapToObj(row -> flows.tuple(row).initiator()).distinct().count();
  }

  private PairedComparison compare(
      CommandContext context, FlowBlocks blocks, double[] a, double[] b) {
    try (Progress progress = context.terminal().progress()) {
      return PairedBlockBootstrap.compare(
          blocks,
          a,
          b,
          resamples,
          seed,
          made -> {
            context.interruption().check();
            progress.update(() -> "resample %,d of %,d".formatted(made, resamples));
          });
    }
  }
}
