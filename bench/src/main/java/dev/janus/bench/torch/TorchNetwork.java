package dev.janus.bench.torch;

import dev.janus.model.ModelConfig;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The network of the method, section 5, over padded batches. Written for speed: one kernel per
 * modulation and per gated residual (addcmul), attention in PyTorch's fused kernel straight on the
 * columns of the joint q, k, v product, no mask, no copies that PyTorch can do without.
 */
final class TorchNetwork {
  private static final double EPSILON = 1e-6;

  private final ModelConfig config;
  private final TorchParameters parameters;
  private final TorchLinears linears;
  private final TensorOptional none = new TensorOptional();
  private final DoubleOptional defaultScale = new DoubleOptional();
  private final Scalar one = new Scalar(1.0);

  TorchNetwork(ModelConfig config, TorchParameters parameters, TorchLinears linears) {
    this.config = config;
    this.parameters = parameters;
    this.linears = linears;
  }

  /** What the heads read: {@code [flows * tokens, d]}, after the last norm. */
  Tensor hidden(PaddedInput input) {
    long flows = input.rows().flows();
    long tokens = input.rows().tokens();
    Tensor condition =
        torch.silu(linears.linear("t2", torch.silu(linears.linear("t1", input.time()))));
    Tensor x = tokens(input);
    for (int layer = 0; layer < config.layers(); layer++) {
      x = block("blocks." + layer + ".", x, condition, flows, tokens);
    }
    TensorVector parts = modulation("ada", condition, 2);
    return modulate(x, parts.get(0), parts.get(1)).view(flows * tokens, config.dModel());
  }

  /** {@code [packets, 3]}. */
  Tensor velocity(Tensor hidden, PaddedRows rows) {
    return linears.linear("vout", hidden).index_select(0, rows.packetRows());
  }

  /** {@code [flows, 20]}. */
  Tensor flowVelocity(Tensor hidden, PaddedRows rows) {
    return linears.linear("fout", hidden.index_select(0, rows.flowRows()));
  }

  /** {@code [packets, 6]}. */
  Tensor logits(Tensor hidden, PaddedRows rows) {
    return linears.linear("dout", hidden).index_select(0, rows.packetRows());
  }

  private Tensor tokens(PaddedInput input) {
    long flows = input.rows().flows();
    long tokens = input.rows().tokens();
    long d = config.dModel();
    Tensor place =
        torch.constant_pad_nd(
            parameters.get("pos").narrow(0, 0, tokens - 1), new long[] {0, 0, 0, 1});
    Tensor flow = linears.linear("fin", input.features()).add(parameters.get("ftok"));
    return linears
        .linear("pin", input.packets())
        .add(place)
        .view(flows * tokens, d)
        .index_copy_(0, input.rows().flowRows(), flow)
        .view(flows, tokens, d);
  }

  private Tensor block(String name, Tensor x, Tensor condition, long flows, long tokens) {
    TensorVector parts = modulation(name + "ada", condition, 6);
    Tensor y = modulate(x, parts.get(0), parts.get(1));
    Tensor attended = attention(linears.linear(name + "qkv", y), flows, tokens);
    Tensor middle = x.addcmul(parts.get(2), linears.linear(name + "proj", attended));
    y = modulate(middle, parts.get(3), parts.get(4));
    Tensor hidden = linears.linearGelu(name + "fc1", y);
    return middle.addcmul(parts.get(5), linears.linear(name + "fc2", hidden));
  }

  private Tensor attention(Tensor qkv, long flows, long tokens) {
    TensorVector heads =
        qkv.view(flows, tokens, 3L * config.heads(), config.headWidth())
            .transpose(1, 2)
            .split(config.heads(), 1);
    return torch
        .scaled_dot_product_attention(
            heads.get(0), heads.get(1), heads.get(2), none, 0, true, defaultScale, false)
        .transpose(1, 2)
        .reshape(flows, tokens, config.dModel());
  }

  private TensorVector modulation(String layer, Tensor condition, int parts) {
    return linears.linear(layer, condition).unsqueeze(1).chunk(parts, -1);
  }

  private Tensor modulate(Tensor x, Tensor shift, Tensor scale) {
    Tensor norm = torch.layer_norm(x, new long[] {config.dModel()}, none, none, EPSILON, true);
    return shift.addcmul(norm, scale.add(one));
  }
}
