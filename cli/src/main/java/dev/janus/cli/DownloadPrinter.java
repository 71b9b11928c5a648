package dev.janus.cli;

import dev.janus.cli.download.ByteSize;
import dev.janus.cli.download.Checksum;
import dev.janus.cli.download.Download;
import dev.janus.cli.download.Offer;
import dev.janus.cli.download.RemoteFile;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a download prints: tables for people, JSON for scripts.
 *
 * @param context of the command
 * @param offer what is downloaded
 */
record DownloadPrinter(CommandContext context, Offer offer) {
  /** What the description says of the data set and of these files. */
  void listing(List<RemoteFile> files) {
    if (context.json()) {
      Map<String, Object> json = describeOffer();
      json.put("files", files.stream().map(DownloadPrinter::describe).toList());
      context.print(Json.line(json));
      return;
    }
    showOffer();
    if (!files.isEmpty()) {
      TextTable table = new TextTable("file", "bytes", "size", "checksum", "from");
      for (RemoteFile file : files) {
        table.row(
            file.name(),
            file.bytes().isPresent() ? TextTable.count(file.bytes().getAsLong()) : "-",
            ByteSize.shown(file.bytes()),
            checksumKinds(file),
            file.url().map(url -> String.valueOf(url.getHost())).orElse("the page, by hand"));
      }
      context.print("");
      table.lines().forEach(context::print);
    }
  }

  /** Where the data set comes from and how a person gets at it. */
  void showOffer() {
    context.print(offer.title());
    context.print("  page     " + offer.page());
    context.print("  licence  " + offer.licence());
    for (int i = 0; i < offer.steps().size(); i++) {
      context.print("  %-7s  %s".formatted(i == 0 ? "steps" : "", offer.steps().get(i)));
    }
  }

  /** What would be downloaded. */
  void plan(List<Download.Planned> plan, Path folder) {
    if (context.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("dataset", offer.name());
      json.put("files", plan.stream().map(DownloadPrinter::describe).toList());
      context.print(Json.line(json));
    } else {
      planLines(plan, folder).forEach(context::print);
    }
  }

  /** The same as lines. */
  static List<String> planLines(List<Download.Planned> plan, Path folder) {
    TextTable table = new TextTable("file", "size", "here", "to come");
    for (Download.Planned planned : plan) {
      table.row(
          planned.file().name(),
          ByteSize.shown(planned.bytes()),
          switch (planned.presence()) {
            case NOTHING -> "nothing";
            case PART -> ByteSize.shown(planned.presentBytes());
            case WHOLE -> "all";
          },
          ByteSize.shown(planned.remaining()));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(summary(plan, folder));
    return lines;
  }

  private static String summary(List<Download.Planned> plan, Path folder) {
    long known = plan.stream().mapToLong(p -> p.remaining().orElse(0)).sum();
    long unknown = plan.stream().filter(p -> p.bytes().isEmpty()).count();
    return "%s, %s to download into %s%s"
        .formatted(
            plan.size() == 1 ? "1 file" : plan.size() + " files",
            ByteSize.shown(known),
            folder,
            unknown == 0 ? "" : ", and " + unknown + " files whose size the server does not say");
  }

  /** One line about a file that is there now. */
  static String outcome(Download.Fetched fetched) {
    String name = fetched.planned().file().name();
    if (fetched.planned().presence() == Download.Presence.WHOLE) {
      return name + ": was there already";
    }
    String checks =
        fetched.checked().isEmpty()
            ? "no checksum known"
            : String.join(", ", fetched.checked().stream().map(c -> c.kind().key()).toList())
                + " right";
    return "%s: %s, %s".formatted(name, ByteSize.shown(fetched.bytes()), checks);
  }

  /** The files that are there now. */
  void fetched(List<Download.Fetched> done) {
    if (context.json()) {
      List<Map<String, Object>> files = new ArrayList<>();
      for (Download.Fetched fetched : done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", fetched.planned().target().toString());
        json.put("bytes", fetched.bytes());
        json.put("received", fetched.received());
        json.put("attempts", fetched.attempts());
        json.put("checked", fetched.checked().stream().map(c -> c.kind().key()).toList());
        files.add(json);
      }
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("dataset", offer.name());
      all.put("files", files);
      context.print(Json.line(all));
    } else {
      done.forEach(fetched -> context.print(fetched.planned().target().toString()));
    }
  }

  private Map<String, Object> describeOffer() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dataset", offer.name());
    json.put("title", offer.title());
    json.put("page", offer.page().toString());
    json.put("licence", offer.licence());
    json.put("steps", offer.steps());
    json.put("access", offer.access().name().toLowerCase(Locale.ROOT));
    return json;
  }

  private static Map<String, Object> describe(RemoteFile file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file.name());
    file.url().ifPresent(url -> json.put("url", url.toString()));
    put(json, "bytes", file.bytes());
    for (Checksum checksum : file.checksums()) {
      json.put(checksum.kind().key(), checksum.value());
    }
    return json;
  }

  private static Map<String, Object> describe(Download.Planned planned) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", planned.file().name());
    put(json, "bytes", planned.bytes());
    json.put("present", planned.presentBytes());
    put(json, "remaining", planned.remaining());
    return json;
  }

  private static void put(Map<String, Object> json, String key, OptionalLong value) {
    value.ifPresent(bytes -> json.put(key, bytes));
  }

  private static String checksumKinds(RemoteFile file) {
    List<String> kinds =
        new ArrayList<>(file.checksums().stream().map(c -> c.kind().key()).toList());
    file.md5Url().ifPresent(url -> kinds.add("md5"));
    return kinds.isEmpty() ? "-" : String.join(" ", kinds);
  }
}
