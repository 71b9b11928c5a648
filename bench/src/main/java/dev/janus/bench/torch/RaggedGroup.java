package dev.janus.bench.torch;

import dev.janus.bench.step.FlowLengths;
import dev.janus.bench.step.StepBatch;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Measurement;
import dev.janus.model.ModelConfig;

/** Training steps on flows as long as captures have them: what packing is worth. */
public final class RaggedGroup extends TorchSettingGroup {
  private static final int FLOWS = 128;
  private static final int BUCKET = 16;
  private static final int THREADS = 2;

  public RaggedGroup(TorchSetting setting) {
    super("ragged", setting);
  }

  @Override
  public String summary() {
    return setting.described(
        "training step on flows of 12 tokens in the mean, packed, against libtorch padded");
  }

  @Override
  public void run(Measurement measurement) throws Exception {
    StepBatch batch = StepBatch.of(FlowLengths.ragged(FLOWS), ModelConfig.defaults().dModel());
    StepComparison comparison = new StepComparison(measurement, batch, setting);
    comparison.train(
        "training step, real lengths, peer padded to 65",
        THREADS,
        Batches.padded(batch.packets(), FLOWS),
        Bar.ratioAtLeast(9));
    if (measurement.quick()) {
      return;
    }
    comparison.train(
        "training step, real lengths, peer in sorted buckets of " + BUCKET,
        THREADS,
        Batches.bucketed(batch.packets(), BUCKET),
        Bar.NONE);
  }
}
