package dev.janus.bench.command;

import dev.janus.bench.table.Group;
import java.util.List;

/** All groups, in the order of the table. The only place that lists them. */
final class Groups {
  private Groups() {}

  static List<Group> all() {
    return List.of();
  }
}
