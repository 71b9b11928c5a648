package dev.janus.bench.torch;

import dev.janus.bench.duel.Contender;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A training step in libtorch: forward, losses, backward, AdamW. A batch may come in several padded
 * parts, whose gradients add up before the one optimiser step.
 */
final class TorchTraining implements Contender {
  private final TorchNetwork network;
  private final TorchParameters parameters;
  private final TorchOptimizer optimizer;
  private final List<PaddedBatch> parts;

  TorchTraining(
      TorchNetwork network,
      TorchParameters parameters,
      TorchOptimizer optimizer,
      List<PaddedBatch> parts) {
    this.network = network;
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.parts = List.copyOf(parts);
  }

  @Override
  public String name() {
    return TorchRuntime.NAME;
  }

  @Override
  public void run() {
    try (PointerScope scope = new PointerScope()) {
      backward();
      optimizer.step();
    }
  }

  /** Gradients in the layout of the flat weights; changes no parameter. */
  float[] gradients() {
    try (PointerScope scope = new PointerScope()) {
      backward();
      return parameters.gradients();
    }
  }

  private void backward() {
    parameters.forgetGradients();
    for (PaddedBatch part : parts) {
      loss(part).backward();
    }
  }

  private Tensor loss(PaddedBatch part) {
    PaddedRows rows = part.input().rows();
    Tensor hidden = network.hidden(part.input());
    Scalar packetShare = new Scalar(part.packetShare());
    Tensor packets = torch.mse_loss(network.velocity(hidden, rows), part.velocity());
    Tensor flows = torch.mse_loss(network.flowVelocity(hidden, rows), part.flowVelocity());
    Tensor bits = torch.binary_cross_entropy_with_logits(network.logits(hidden, rows), part.bits());
    return packets.add(bits).mul(packetShare).add(flows, new Scalar(part.flowShare()));
  }
}
