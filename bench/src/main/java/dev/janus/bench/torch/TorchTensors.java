package dev.janus.bench.torch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Moves arrays into tensors and back. The tensors own their memory. */
final class TorchTensors {
  private TorchTensors() {}

  /** A contiguous tensor with the values of {@code data} from {@code offset} on. */
  static Tensor floats(float[] data, int offset, long... shape) {
    int length = 1;
    for (long size : shape) {
      length = Math.toIntExact(length * size);
    }
    try (FloatPointer values = new FloatPointer(length)) {
      values.put(data, offset, length);
      return torch.from_blob(values, shape).clone();
    }
  }

  /** A vector of indices. */
  static Tensor indices(long[] data) {
    try (LongPointer values = new LongPointer(data)) {
      long[] shape = {data.length};
      return torch.from_blob(values, shape, torch.dtype(torch.ScalarType.Long)).clone();
    }
  }

  /** The values of a float tensor in row-major order. */
  static float[] toArray(Tensor tensor) {
    Tensor dense = tensor.detach().contiguous();
    float[] values = new float[Math.toIntExact(dense.numel())];
    new FloatPointer(dense.data_ptr()).get(values);
    return values;
  }
}
