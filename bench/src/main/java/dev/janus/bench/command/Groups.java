package dev.janus.bench.command;

import dev.janus.bench.machine.PeakGroup;
import dev.janus.bench.machine.RooflineGroup;
import dev.janus.bench.process.HashGroup;
import dev.janus.bench.process.StartupGroup;
import dev.janus.bench.product.GradientsGroup;
import dev.janus.bench.product.ScalarGroup;
import dev.janus.bench.product.SgemmGroup;
import dev.janus.bench.step.AllocationGroup;
import dev.janus.bench.step.ScalingGroup;
import dev.janus.bench.step.ThreadsGroup;
import dev.janus.bench.step.TrainerGroup;
import dev.janus.bench.table.Group;
import dev.janus.bench.torch.AdamWGroup;
import dev.janus.bench.torch.AttentionGroup;
import dev.janus.bench.torch.ForwardGroup;
import dev.janus.bench.torch.RaggedGroup;
import dev.janus.bench.torch.ScoreGroup;
import dev.janus.bench.torch.TorchSetting;
import dev.janus.bench.torch.TrainGroup;
import java.util.List;
import java.util.Optional;

/** All groups, in the order of the table. The only place that lists them. */
final class Groups {
  private Groups() {}

  static List<Group> all() {
    return List.of(
        // The machine, single kernels and products.
        new PeakGroup(),
        new RooflineGroup(),
        new SgemmGroup(),
        new GradientsGroup(),
        new ScalarGroup(),
        // Attention, optimiser and whole steps against libtorch and ONNX Runtime.
        new AttentionGroup(),
        new AdamWGroup(),
        new TrainGroup(TorchSetting.PLAIN),
        new TrainGroup(TorchSetting.TUNED),
        new RaggedGroup(TorchSetting.PLAIN),
        new RaggedGroup(TorchSetting.TUNED),
        new ForwardGroup(TorchSetting.PLAIN),
        new ForwardGroup(TorchSetting.TUNED),
        new ScoreGroup(TorchSetting.PLAIN),
        new ScoreGroup(TorchSetting.TUNED),
        // Whole steps against themselves.
        new ThreadsGroup(),
        new ScalingGroup(),
        new AllocationGroup(),
        new TrainerGroup(),
        // Whole processes.
        new StartupGroup(),
        new HashGroup());
  }

  static List<String> names() {
    return all().stream().map(Group::name).toList();
  }

  static Optional<Group> named(String name) {
    return all().stream().filter(group -> group.name().equals(name)).findFirst();
  }
}
