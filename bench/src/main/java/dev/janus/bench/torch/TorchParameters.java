package dev.janus.bench.torch;

import dev.janus.autograd.Parameter;
import dev.janus.model.JanusNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** The network's parameters as leaf tensors, by name and in the order of the flat array. */
final class TorchParameters {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final int length;

  /** Copies {@code weights}, which lie as {@link JanusNetwork#layout} says. */
  TorchParameters(JanusNetwork network, float[] weights) {
    for (Parameter parameter : network.layout().parameters()) {
      long[] shape = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
      Tensor tensor = TorchTensors.floats(weights, parameter.offset(), shape);
      tensors.put(parameter.name(), tensor.requires_grad_(true));
    }
    this.length = network.layout().length();
  }

  Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("the network has no parameter " + name);
    }
    return tensor;
  }

  /** All of them, in order. */
  Tensor[] all() {
    return tensors.values().toArray(new Tensor[0]);
  }

  /** Forgets the gradients, so that the next backward pass stores instead of adds. */
  void forgetGradients() {
    for (Tensor tensor : tensors.values()) {
      tensor.mutable_grad().reset();
    }
  }

  /** Sets the gradients from the layout of the flat array. */
  void setGradients(float[] flat) {
    int next = 0;
    for (Tensor tensor : tensors.values()) {
      tensor.mutable_grad().put(TorchTensors.floats(flat, next, tensor.sizes().vec().get()));
      next += Math.toIntExact(tensor.numel());
    }
  }

  /** Values in the layout of the flat array. */
  float[] values() {
    return flat(Function.identity());
  }

  /** Gradients in the layout of the flat array. */
  float[] gradients() {
    return flat(Tensor::grad);
  }

  private float[] flat(Function<Tensor, Tensor> part) {
    float[] flat = new float[length];
    int next = 0;
    for (Tensor tensor : tensors.values()) {
      float[] values = TorchTensors.toArray(part.apply(tensor));
      System.arraycopy(values, 0, flat, next, values.length);
      next += values.length;
    }
    return flat;
  }

  /** For optimisers of the library. */
  TensorVector vector() {
    return new TensorVector(all());
  }
}
