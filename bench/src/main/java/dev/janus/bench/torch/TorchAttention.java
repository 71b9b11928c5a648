package dev.janus.bench.torch;

import dev.janus.bench.duel.Contender;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch's scaled dot-product attention, forward and backward, on q, k and v that lie head by head
 * as its kernel likes them best.
 */
final class TorchAttention implements Contender {
  private final Tensor[] qkv = new Tensor[3];
  private final Tensor outputGradient;
  private final TensorOptional none = new TensorOptional();
  private final DoubleOptional defaultScale = new DoubleOptional();
  private final BoolOptional defaultRetention = new BoolOptional();
  private final TensorArrayRefOptional allInputs = new TensorArrayRefOptional();

  /**
   * Copies the operands.
   *
   * @param joint {@code [flows, tokens, 3 d]}
   * @param outputGradient {@code [flows, tokens, d]}
   */
  TorchAttention(float[] joint, float[] outputGradient) {
    Tensor parts =
        TorchTensors.floats(
            joint,
            0,
            EngineAttention.FLOWS,
            EngineAttention.TOKENS,
            3,
            EngineAttention.HEADS,
            EngineAttention.WIDTH);
    for (int part = 0; part < 3; part++) {
      qkv[part] = parts.select(2, part).transpose(1, 2).contiguous().clone().requires_grad_(true);
    }
    this.outputGradient =
        TorchTensors.floats(
                outputGradient,
                0,
                EngineAttention.FLOWS,
                EngineAttention.TOKENS,
                EngineAttention.HEADS,
                EngineAttention.WIDTH)
            .transpose(1, 2)
            .contiguous();
  }

  @Override
  public String name() {
    return TorchRuntime.NAME;
  }

  @Override
  public void run() {
    try (PointerScope scope = new PointerScope()) {
      for (Tensor part : qkv) {
        part.mutable_grad().reset();
      }
      forward().backward(outputGradient, defaultRetention, false, allInputs);
    }
  }

  /** {@code [flows, tokens, d]}. */
  float[] output() {
    try (PointerScope scope = new PointerScope()) {
      return TorchTensors.toArray(forward().transpose(1, 2));
    }
  }

  /** Gradient of q, k and v, laid out as they were given, after {@link #run}. */
  float[] gradient() {
    try (PointerScope scope = new PointerScope()) {
      TensorVector parts = new TensorVector();
      for (Tensor part : qkv) {
        parts.push_back(part.grad().transpose(1, 2));
      }
      return TorchTensors.toArray(torch.stack(parts, 2));
    }
  }

  private Tensor forward() {
    return torch.scaled_dot_product_attention(
        qkv[0], qkv[1], qkv[2], none, 0, true, defaultScale, false);
  }
}
