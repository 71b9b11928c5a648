package dev.janus.bench.torch;

import dev.janus.bench.step.FlowLengths;
import dev.janus.bench.step.StepBatch;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Measurement;
import dev.janus.model.ModelConfig;
import java.util.List;

/** Training steps on flows of full length, where padding costs the peer nothing. */
public final class TrainGroup extends TorchSettingGroup {
  private static final int FLOWS = 128;
  private static final Bar ONE_THREAD = Bar.ratioAtLeast(1.5);
  private static final Bar TWO_THREADS = Bar.ratioAtLeast(1.9);

  public TrainGroup(TorchSetting setting) {
    super("train", setting);
  }

  @Override
  public String summary() {
    return setting.described("training step, 128 flows of 65 tokens, against libtorch");
  }

  @Override
  public void run(Measurement measurement) throws Exception {
    StepBatch batch =
        StepBatch.of(
            FlowLengths.dense(FLOWS, Batches.LONGEST_TOKENS), ModelConfig.defaults().dModel());
    StepComparison comparison = new StepComparison(measurement, batch, setting);
    List<Batches.Cut> whole = Batches.padded(batch.packets(), FLOWS);
    if (setting == TorchSetting.PLAIN) {
      comparison.train("training step, B 128, T 65", 1, whole, ONE_THREAD);
    }
    comparison.train("training step, B 128, T 65", 2, whole, TWO_THREADS);
  }
}
