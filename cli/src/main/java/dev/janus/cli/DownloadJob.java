package dev.janus.cli;

import dev.janus.cli.config.DownloadReader;
import dev.janus.cli.download.Download;
import dev.janus.cli.download.Offer;
import dev.janus.cli.download.RemoteFile;
import dev.janus.cli.download.WebAddress;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.NearestWord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * From a description of what a publisher offers to files on the disk.
 *
 * @param context of the command
 * @param offer what there is
 * @param only globs of which a file must match one; empty for all files
 */
record DownloadJob(CommandContext context, Offer offer, List<String> only) {
  private static final String ENDING = ".yaml";

  DownloadJob {
    only = List.copyOf(only);
  }

  /** The description of a data set by its name, or by its file. */
  static Offer find(String dataset) {
    Path folder = Path.of(System.getProperty("janus.home", "")).resolve("configs/downloads");
    if (dataset.endsWith(ENDING) || dataset.endsWith(".yml")) {
      return DownloadReader.read(InputFiles.requireFile(Path.of(dataset)));
    }
    List<String> names = names(folder);
    if (!names.contains(dataset)) {
      throw new CliException(
          ExitCode.NO_INPUT,
          "no data set '%s'; %s"
              .formatted(
                  dataset,
                  NearestWord.nearest(dataset.toLowerCase(Locale.ROOT), names)
                      .map(near -> "did you mean '" + near + "'?")
                      .orElse("there are " + String.join(", ", names))));
    }
    return DownloadReader.read(folder.resolve(dataset + ENDING));
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(InputFiles.requireFolder(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, folder + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
  }

  /** Prints what the description says. */
  void list() {
    printer().listing(offer.files().isEmpty() ? List.of() : chosen(offer.files()));
  }

  /** Prints what would be done. */
  void rehearse(Download.Request request, List<String> urls) {
    try (Download download = Download.of(request, context.terminal(), context.interruption())) {
      List<Download.Planned> plan = download.plan(reachable(request, urls));
      printer().plan(plan, request.folder());
      download.checkRoom(plan);
    }
  }

  /** Downloads. A file that fails does not keep the others from coming, unless the disk does. */
  void run(Download.Request request, List<String> urls) {
    List<RemoteFile> files = reachable(request, urls);
    try (Download download = Download.of(request, context.terminal(), context.interruption())) {
      List<Download.Planned> plan = download.plan(files);
      DownloadPrinter.planLines(plan, request.folder()).forEach(context.terminal()::say);
      download.checkRoom(plan);
      OutputFolder.prepare(request.folder(), List.of(), OutputFolder.Existing.REPLACE).complete();
      List<Download.Fetched> done = new ArrayList<>();
      List<CliException> failures = new ArrayList<>();
      for (Download.Planned planned : plan) {
        try {
          Download.Fetched fetched = download.fetch(planned);
          done.add(fetched);
          context.terminal().say(DownloadPrinter.outcome(fetched));
        } catch (CliException e) {
          if (concernsAll(e) || plan.size() == 1) {
            throw e.exitCode() == ExitCode.INTERRUPTED ? interrupted(done, e) : e;
          }
          failures.add(e);
          context.terminal().warn("janus: " + e.getMessage());
        }
      }
      printer().fetched(done);
      if (!failures.isEmpty()) {
        throw new CliException(
            failures.getFirst().exitCode(),
            "%d of %d files did not come; run the same command again for those"
                .formatted(failures.size(), plan.size()),
            failures.getFirst());
      }
    }
  }

  private static boolean concernsAll(CliException e) {
    return e.exitCode() == ExitCode.CANNOT_CREATE || e.exitCode() == ExitCode.INTERRUPTED;
  }

  private static CliException interrupted(List<Download.Fetched> done, CliException cause) {
    return new CliException(
        ExitCode.INTERRUPTED,
        "interrupted; %d files are complete and what came of the next is kept: the same command goes"
                .formatted(done.size())
            + " on from there",
        cause);
  }

  /** The files to fetch: those asked for that have an address, or the addresses given. */
  private List<RemoteFile> reachable(Download.Request request, List<String> urls) {
    if (!urls.isEmpty()) {
      return urls.stream().map(text -> named(WebAddress.parse(text, request.plain()))).toList();
    }
    List<RemoteFile> files =
        offer.files().isEmpty()
            ? List.of()
            : chosen(offer.files()).stream().filter(file -> file.url().isPresent()).toList();
    if (files.isEmpty()) {
      printer().showOffer();
      throw new CliException(
          ExitCode.NO_INPUT,
          offer.name() + ": no address is known; see " + offer.page() + ", then give --url URL");
    }
    boolean missing =
        switch (offer.access()) {
          case OPEN -> false;
          case COOKIE -> !request.credentials().hasCookies();
          case TOKEN -> !request.credentials().hasToken();
        };
    if (missing) {
      printer().showOffer();
      throw new CliException(
          ExitCode.NO_INPUT,
          "%s: the publisher wants a form filled in first, at %s; then give --%s-file FILE"
              .formatted(
                  offer.name(), offer.page(), offer.access().name().toLowerCase(Locale.ROOT)));
    }
    return files;
  }

  /** What the description knows of a file that was given by its address. */
  private RemoteFile named(URI url) {
    RemoteFile given = RemoteFile.at(url);
    return offer.files().stream()
        .filter(file -> file.baseName().equals(given.name()))
        .findFirst()
        .map(file -> file.from(url))
        .orElse(given);
  }

  private List<RemoteFile> chosen(List<RemoteFile> files) {
    if (only.isEmpty()) {
      return files;
    }
    List<PathMatcher> matchers = only.stream().map(DownloadJob::matcher).toList();
    List<RemoteFile> chosen =
        files.stream()
            .filter(file ->
                matchers.stream()
                    .anyMatch(matcher ->
                        matcher.matches(Path.of(file.name()))
                            || matcher.matches(Path.of(file.baseName()))))
            .toList();
    if (chosen.isEmpty()) {
      throw new CliException(
          ExitCode.NO_INPUT,
          "--only %s: no such file among the %d of %s; --list shows them"
              .formatted(String.join(" ", only), files.size(), offer.name()));
    }
    return chosen;
  }

  private static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new CliException(
          ExitCode.USAGE, "--only " + glob + ": not a pattern: " + e.getDescription(), e);
    }
  }

  private DownloadPrinter printer() {
    return new DownloadPrinter(context, offer);
  }
}
