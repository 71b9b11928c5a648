package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFile;
import dev.janus.cli.report.RunReport;
import dev.janus.cli.report.RunSummaries;
import dev.janus.cli.results.RunFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Progress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the folders of evaluations to a page.
 *
 * @param runs folders of runs, or folders that hold some
 * @param data folder of their flows, if it is not where they say
 * @param out the page
 * @param markdown where its tables go as Markdown, if anywhere
 */
record ReportJob(List<Path> runs, Optional<Path> data, Path out, Optional<Path> markdown) {
  ReportJob {
    runs = List.copyOf(runs);
  }

  /** Does the work and prints the headline figures. */
  void run(CommandContext context) {
    if (markdown.map(ReportJob::place).equals(Optional.of(place(out)))) {
      throw new CliException(ExitCode.USAGE, "--out and --markdown are the same file, " + out);
    }
    List<RunFolder> found = RunFolder.find(runs);
    data.ifPresent(InputFiles::requireData);
    try (OutputFile page = OutputFile.prepare(out);
        OutputFile tables = OutputFile.prepare(markdown.orElse(out));
        Progress progress = context.terminal().progress()) {
      RunReport report = new RunReport(found, data);
      for (int i = 0; i < found.size(); i++) {
        context.interruption().check();
        int run = i;
        progress.update(
            () -> "run %d of %d: %s".formatted(run + 1, found.size(), found.get(run).name()));
        report.add(i);
      }
      String build = context.build().toString();
      page.write(report.html(build));
      if (markdown.isPresent()) {
        tables.write(report.markdown(build));
      }
    }
    print(context, found);
  }

  private static Path place(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private void print(CommandContext context, List<RunFolder> found) {
    if (context.json()) {
      Map<String, Object> json = new LinkedHashMap<>(RunSummaries.json(found));
      json.put("html", out.toString());
      markdown.ifPresent(file -> json.put("markdown", file.toString()));
      context.print(Json.pretty(json).stripTrailing());
      return;
    }
    RunSummaries.lines(found).forEach(context::print);
    context.print("");
    context.print("Report in " + out + markdown.map(file -> ", tables in " + file).orElse(""));
  }
}
