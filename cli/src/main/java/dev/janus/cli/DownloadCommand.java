package dev.janus.cli;

import dev.janus.cli.download.ByteSize;
import dev.janus.cli.download.Credentials;
import dev.janus.cli.download.Download;
import dev.janus.cli.download.WebAddress;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code janus download}: the files of a published data set. */
@Command(
    name = "download",
    description = {
      "Download the files of a published data set. What was cut off is continued, checksums are"
          + " checked, and sizes are shown before anything starts.",
      "",
      "Publishers with a form want it filled in by you: the command then says how, and takes the"
          + " form's cookie with --cookie-file or, like a token, from the environment ("
          + Credentials.COOKIE_VARIABLE
          + ", "
          + Credentials.TOKEN_VARIABLE
          + ")."
    },
    footer = {
      "  janus download cse-cic-ids2018 --list",
      "  janus download cse-cic-ids2018 --only 'csv/Friday-02*' --out data/2018",
      "  janus download cicids2017 --only '*Monday*' --cookie-file cookie.txt --out data/17",
      "  janus download unsw-nb15 --url https://example.org/1.pcap --out data/unsw"
    })
final class DownloadCommand extends JanusCommand {
  private static final int MOST_RETRIES = 100;

  @Parameters(
      index = "0",
      paramLabel = "DATASET",
      description = "A name of configs/downloads, or a file like those.")
  private String dataset = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the files; made if missing.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--list", description = "Show what there is and end; asks no server.")
  private boolean list;

  @Option(
      names = "--dry-run",
      description = "Show what would be downloaded and end; asks servers for sizes alone.")
  private boolean dryRun;

  @Option(
      names = "--only",
      paramLabel = "GLOB",
      description = "Only files whose name or end of name matches, e.g. '*.csv'. May be repeated.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "BYTES",
      description = "Receive so much at most: 500M, 20G. More is refused before it starts.")
  private Optional<String> limit = Optional.empty();

  @Option(
      names = "--url",
      arity = "1..*",
      paramLabel = "URL",
      description = "Fetch these addresses instead; sizes and checksums go by the file's name.")
  private List<String> urls = new ArrayList<>();

  @Option(
      names = "--cookie-file",
      paramLabel = "FILE",
      description = "Cookies: name=value; name=value, or a browser's cookies.txt.")
  private Optional<Path> cookieFile = Optional.empty();

  @Option(names = "--token-file", paramLabel = "FILE", description = "A bearer token.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "Failed attempts in a row after which to give up (default: 8).")
  private int retries = 8;

  @Option(
      names = "--allow-http",
      description =
          "Fetch addresses without encryption too; cookies and tokens are not sent there. This"
              + " machine (localhost, 127.0.0.1, ::1) needs no such leave and is sent them: nobody"
              + " listens on the way.")
  private boolean allowHttp;

  @Option(names = "--overwrite", description = "Download files again that are there already.")
  private boolean overwrite;

  DownloadCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new CliException(
          ExitCode.USAGE, "--retries must be 0 to " + MOST_RETRIES + ", not " + retries);
    }
    DownloadJob job = new DownloadJob(context(), DownloadJob.find(dataset), only);
    if (list) {
      job.list();
      return ExitCode.OK;
    }
    WebAddress.PlainHttp plain =
        allowHttp ? WebAddress.PlainHttp.ALLOWED : WebAddress.PlainHttp.LOCAL;
    Credentials credentials =
        Credentials.read(tokenFile, cookieFile, System.getenv(), context().terminal()::warn);
    Download.Request request =
        new Download.Request(
            folder(),
            overwrite ? Download.Existing.REPLACE : Download.Existing.KEEP,
            credentials,
            plain,
            retries,
            limitBytes(),
            "janus/" + context().build().version());
    if (dryRun) {
      job.rehearse(request, urls);
    } else {
      job.run(request, urls);
    }
    return ExitCode.OK;
  }

  private Path folder() {
    if (out.isEmpty() && !dryRun) {
      throw new CliException(ExitCode.USAGE, "--out DIR is missing: where shall the files go?");
    }
    return out.orElse(Path.of("."));
  }

  private OptionalLong limitBytes() {
    if (limit.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong bytes = ByteSize.parse(limit.get());
    if (bytes.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE, "--limit must be a size such as 500M or 20G, not '" + limit.get() + "'");
    }
    return bytes;
  }
}
