package dev.janus.bench.torch;

import org.bytedeco.pytorch.Tensor;

/** How linear layers are computed: the choice between training and deployment. */
interface TorchLinears {
  /** {@code x W^T + b} of the layer of that name. */
  Tensor linear(String layer, Tensor x);

  /** {@code gelu(x W^T + b)}. */
  Tensor linearGelu(String layer, Tensor x);
}
