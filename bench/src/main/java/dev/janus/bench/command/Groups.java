package dev.janus.bench.command;

import dev.janus.bench.machine.PeakGroup;
import dev.janus.bench.machine.RooflineGroup;
import dev.janus.bench.product.GradientsGroup;
import dev.janus.bench.product.SgemmGroup;
import dev.janus.bench.table.Group;
import java.util.List;
import java.util.Optional;

/** All groups, in the order of the table. The only place that lists them. */
final class Groups {
  private Groups() {}

  static List<Group> all() {
    return List.of(new PeakGroup(), new RooflineGroup(), new SgemmGroup(), new GradientsGroup());
  }

  static List<String> names() {
    return all().stream().map(Group::name).toList();
  }

  static Optional<Group> named(String name) {
    return all().stream().filter(group -> group.name().equals(name)).findFirst();
  }
}
