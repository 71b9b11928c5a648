package dev.janus.contract.artifact;

import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowOrigin;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import dev.janus.contract.packet.PacketSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Flows with every field drawn at random, numbered from 0. */
final class RandomFlows {
  private RandomFlows() {}

  static List<Flow> of(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      flows.add(flow(i, random));
    }
    return flows;
  }

  private static Flow flow(long id, SplittableRandom random) {
    int n = random.nextInt(4) == 0 ? PacketSchema.MAX_PACKETS : random.nextInt(1, 65);
    float[] tokens = new float[n * PacketSchema.CHANNELS];
    for (int i = 0; i < tokens.length; i++) {
      int channel = i % PacketSchema.CHANNELS;
      boolean bit = channel >= 2 && channel <= 7;
      tokens[i] = bit ? random.nextInt(2) : random.nextInt(65_536);
    }
    boolean v6 = random.nextInt(5) == 0;
    long start = 1_700_000_000_000_000L + random.nextLong(1_000_000_000L);
    return new Flow(
        id,
        new FlowTuple(
            address(v6, random),
            random.nextInt(65_536),
            address(v6, random),
            random.nextInt(65_536),
            random.nextInt(256)),
        start,
        start + random.nextLong(1_000_000_000L),
        n == PacketSchema.MAX_PACKETS ? n + random.nextLong(1L << 40) : n,
        tokens,
        new FlowOrigin(random.nextInt(3), random.nextLong(1L << 40), random.nextLong(1L << 50)),
        FlowStart.values()[random.nextInt(FlowStart.values().length)],
        EndReason.values()[random.nextInt(EndReason.values().length)],
        part(id, random));
  }

  private static FlowPart part(long id, SplittableRandom random) {
    return id == 0 || random.nextBoolean()
        ? new FlowPart(id, 0)
        : new FlowPart(random.nextLong(id), random.nextInt(1, 1000));
  }

  private static IpAddress address(boolean v6, SplittableRandom random) {
    return v6
        ? IpAddress.ofV6(random.nextLong(), random.nextLong(4))
        : IpAddress.ofV4(random.nextInt(1 << 12));
  }

  /** Spills the flows in random order and writes the data set. */
  static void write(Path folder, List<Flow> flows, long seed) {
    List<Flow> shuffled = new ArrayList<>(flows);
    Collections.shuffle(shuffled, new Random(seed));
    try (SpilledFlows spilled = spilled(folder, shuffled)) {
      ArtifactWriter.write(
          folder, spilled, List.of("mon", "tue–2", "c d"), RandomFlows::label, written -> {});
    }
  }

  /** Spills the flows, in the order given, to a folder of their own beside {@code folder}. */
  static SpilledFlows spilled(Path folder, List<Flow> flows) {
    Path file = folder.resolveSibling(folder.getFileName() + ".spill");
    try (FlowSpill spill = FlowSpill.create(file)) {
      flows.forEach(spill::accept);
      spill.complete();
    }
    SpilledFlows spilled = SpilledFlows.open(List.of(file));
    for (Path left : FlowSpill.files(file)) {
      left.toFile().deleteOnExit();
    }
    return spilled;
  }

  static String label(Flow flow) {
    return flow.flowId() % 3 == 0 ? "Web Attack – XSS" : "BENIGN";
  }
}
