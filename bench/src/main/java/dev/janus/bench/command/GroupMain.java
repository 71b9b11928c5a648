package dev.janus.bench.command;

import dev.janus.bench.duel.Effort;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.bench.table.RowJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Main class of a group's own JVM; {@link GroupProcess} starts it. */
final class GroupMain {
  private GroupMain() {}

  /** Arguments: group, effort, file that rows are appended to. */
  public static void main(String[] args) throws Exception {
    Group group = Groups.named(args[0]).orElseThrow();
    Path rows = Path.of(args[2]);
    group.run(
        new Measurement(
            Effort.valueOf(args[1]), row -> append(rows, row), what -> System.err.println(what)));
    // Native thread pools and daemon threads of the peers must not keep the JVM alive.
    System.exit(0);
  }

  private static void append(Path rows, Row row) {
    try {
      Files.writeString(rows, RowJson.line(row) + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
