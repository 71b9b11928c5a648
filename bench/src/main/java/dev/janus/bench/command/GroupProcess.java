package dev.janus.bench.command;

import dev.janus.bench.duel.Effort;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.JavaProcess;
import dev.janus.bench.table.Row;
import dev.janus.bench.table.RowJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs one group in a JVM of its own and collects its rows. */
final class GroupProcess {
  private static final Duration QUICK_LIMIT = Duration.ofMinutes(3);
  private static final Duration FULL_LIMIT = Duration.ofMinutes(15);

  /**
   * Compile in the foreground: a method that is hot enough is compiled before it runs again, so a
   * short warm-up is enough on a busy machine too. The code that comes out is the same.
   */
  private static final String FOREGROUND_COMPILATION = "-Xbatch";

  private GroupProcess() {}

  /**
   * What a group gave.
   *
   * @param rows rows handed over, also those before a failure
   * @param failure why it ended early; empty when it did not
   */
  record Outcome(List<Row> rows, String failure) {}

  /** Runs the group; its progress goes to {@code progress} line by line. */
  static Outcome run(Group group, Effort effort, Consumer<String> progress) throws IOException {
    Path file = Files.createTempFile("janus-bench-", ".rows");
    // For Ctrl-C, which skips the finally below.
    file.toFile().deleteOnExit();
    try {
      Duration limit = effort == Effort.QUICK ? QUICK_LIMIT : FULL_LIMIT;
      List<String> options = new ArrayList<>(List.of(FOREGROUND_COMPILATION));
      options.addAll(group.jvmOptions());
      String failure =
          JavaProcess.withOptions(options)
              .environment(group.environment())
              .run(
                  GroupMain.class,
                  List.of(group.name(), effort.name(), file.toString()),
                  limit,
                  progress);
      return new Outcome(rows(file), failure);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static List<Row> rows(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      rows.add(RowJson.parse(line));
    }
    return rows;
  }
}
