package dev.janus.bench.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's ordinary linear layer, with the bias in the product; records a backward pass. */
record EagerLinears(TorchParameters parameters, GeluForm gelu) implements TorchLinears {
  @Override
  public Tensor linear(String layer, Tensor x) {
    return torch.linear(x, parameters.get(layer + ".weight"), parameters.get(layer + ".bias"));
  }

  @Override
  public Tensor linearGelu(String layer, Tensor x) {
    return gelu.apply(linear(layer, x));
  }
}
