package dev.janus.bench.torch;

import dev.janus.bench.duel.Contender;
import dev.janus.bench.step.StepOutput;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;

/** The forward pass in libtorch, in inference mode, all three heads. */
final class TorchForward implements Contender {
  private final TorchNetwork network;
  private final PaddedInput input;

  TorchForward(TorchNetwork network, PaddedInput input) {
    this.network = network;
    this.input = input;
  }

  @Override
  public String name() {
    return TorchRuntime.NAME;
  }

  @Override
  public void run() {
    try (PointerScope scope = new PointerScope();
        InferenceMode inference = new InferenceMode(true)) {
      heads();
    }
  }

  /** What the network says, without the padding. */
  StepOutput outputs() {
    try (PointerScope scope = new PointerScope();
        InferenceMode inference = new InferenceMode(true)) {
      Tensor[] heads = heads();
      return new StepOutput(
          TorchTensors.toArray(heads[0]),
          TorchTensors.toArray(heads[1]),
          TorchTensors.toArray(heads[2]));
    }
  }

  private Tensor[] heads() {
    Tensor hidden = network.hidden(input);
    PaddedRows rows = input.rows();
    return new Tensor[] {
      network.velocity(hidden, rows),
      network.flowVelocity(hidden, rows),
      network.logits(hidden, rows)
    };
  }
}
