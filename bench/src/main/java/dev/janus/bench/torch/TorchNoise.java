package dev.janus.bench.torch;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.random.SplitMix64;
import dev.janus.model.JanusNetwork;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The fixed noise of the bit losses as tensors (method, sections 7.2 and 10): what does not depend
 * on the flow is computed once.
 */
final class TorchNoise {
  static final List<Double> GRID = List.of(0.1, 0.3, 0.5, 0.7, 0.9);

  /** Part of the path that is noise, {@code [T, 3]} for each time. */
  private final List<Tensor> packetNoise = new ArrayList<>();

  /** The same for features, {@code [20]}. */
  private final List<Tensor> featureNoise = new ArrayList<>();

  /** 1 where a bit is kept, else 0, {@code [T, 6]}. */
  private final List<Tensor> kept = new ArrayList<>();

  /** The coin where it is not kept, else 0, {@code [T, 6]}. */
  private final List<Tensor> coins = new ArrayList<>();

  TorchNoise(long seed, double sigma, int packets) {
    int continuous = packets * JanusNetwork.CONTINUOUS;
    int bits = packets * JanusNetwork.BITS;
    float[] source = normals(seed, GRID.size() * continuous);
    float[] sourceFeatures = normals(seed + 1, GRID.size() * FlowFeature.COUNT);
    float[] spread = normals(seed + 2, GRID.size() * continuous);
    float[] spreadFeatures = normals(seed + 3, GRID.size() * FlowFeature.COUNT);
    float[] keep = uniforms(seed + 4, GRID.size() * bits);
    float[] coin = uniforms(seed + 5, GRID.size() * bits);
    for (int q = 0; q < GRID.size(); q++) {
      double t = GRID.get(q);
      float[] mixed = mix(t, sigma, source, spread, q * continuous, continuous);
      packetNoise.add(TorchTensors.floats(mixed, 0, packets, JanusNetwork.CONTINUOUS));
      mixed =
          mix(t, sigma, sourceFeatures, spreadFeatures, q * FlowFeature.COUNT, FlowFeature.COUNT);
      featureNoise.add(TorchTensors.floats(mixed, 0, FlowFeature.COUNT));
      float[] keptBits = new float[bits];
      float[] coinBits = new float[bits];
      for (int k = 0; k < bits; k++) {
        boolean keeps = keep[q * bits + k] < t;
        keptBits[k] = keeps ? 1 : 0;
        coinBits[k] = keeps ? 0 : coin[q * bits + k] < 0.5f ? 1 : -1;
      }
      kept.add(TorchTensors.floats(keptBits, 0, packets, JanusNetwork.BITS));
      coins.add(TorchTensors.floats(coinBits, 0, packets, JanusNetwork.BITS));
    }
  }

  /** {@code (1 - t) x0 + t x1 + sigma eps} of packets at {@code places} in their flows. */
  Tensor packets(int q, Tensor data, Tensor places) {
    return packetNoise.get(q).index_select(0, places).add_(data, time(q));
  }

  /** The same for flow features. */
  Tensor features(int q, Tensor data) {
    return featureNoise.get(q).add(data, time(q));
  }

  /** Bits of packets at {@code places}: their own where kept, else the coin. */
  Tensor bits(int q, Tensor bits, Tensor places) {
    Tensor tossed = coins.get(q).index_select(0, places);
    return tossed.addcmul_(bits, kept.get(q).index_select(0, places));
  }

  private static Scalar time(int q) {
    return new Scalar(GRID.get(q).doubleValue());
  }

  private static float[] mix(
      double t, double sigma, float[] source, float[] spread, int from, int count) {
    float[] mixed = new float[count];
    for (int k = 0; k < count; k++) {
      mixed[k] = (float) ((1 - t) * source[from + k] + sigma * spread[from + k]);
    }
    return mixed;
  }

  private static float[] normals(long seed, int count) {
    float[] values = new float[count];
    SplitMix64.fillNormals(seed, values, 0, count);
    return values;
  }

  private static float[] uniforms(long seed, int count) {
    float[] values = new float[count];
    SplitMix64.fillUniforms(seed, values, 0, count);
    return values;
  }
}
