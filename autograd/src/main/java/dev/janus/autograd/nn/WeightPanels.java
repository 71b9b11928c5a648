package dev.janus.autograd.nn;

import dev.janus.engine.Slab;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of linear layers in the packed form that products read: transposed for the forward
 * pass and, for training, as stored for input gradients. Packed once per weight update, then read
 * by all threads.
 */
public final class WeightPanels {
  private final Kernels kernels;
  private final List<Linear> layers;
  private final Map<Linear, Integer> forwardOffsets = new HashMap<>();
  private final Map<Linear, Integer> backwardOffsets = new HashMap<>();
  private final float[] data;

  /** Where the panels begin in {@link #data}: offsets count from here. */
  private final int first;

  private WeightPanels(Kernels kernels, List<Linear> layers, boolean training) {
    this.kernels = kernels;
    this.layers = List.copyOf(layers);
    int next = 0;
    for (Linear layer : layers) {
      forwardOffsets.put(layer, next);
      next += kernels.packedLength(layer.in(), layer.out());
      if (training) {
        backwardOffsets.put(layer, next);
        next += kernels.packedLength(layer.out(), layer.in());
      }
    }
    Slab slab = new Slab(next);
    first = slab.take(next);
    data = slab.data();
  }

  /** Panels for the forward pass only. */
  public static WeightPanels forInference(Kernels kernels, List<Linear> layers) {
    return new WeightPanels(kernels, layers, false);
  }

  /** Panels for forward and backward passes. */
  public static WeightPanels forTraining(Kernels kernels, List<Linear> layers) {
    return new WeightPanels(kernels, layers, true);
  }

  /** Packs all layers from the flat parameter array. */
  public void pack(float[] values, ThreadTeam team) {
    team.run(layers.size(), task -> pack(values, layers.get(task)));
  }

  private void pack(float[] values, Linear layer) {
    int weight = layer.weight().offset();
    int forward = forwardOffset(layer);
    kernels.packTransposed(layer.in(), layer.out(), values, weight, data, forward);
    if (backwardOffsets.containsKey(layer)) {
      kernels.pack(layer.out(), layer.in(), values, weight, data, backwardOffset(layer));
    }
  }

  /** The array that holds all panels. */
  public float[] data() {
    return data;
  }

  /** Offset of {@code W^T [in, out]}. */
  public int forwardOffset(Linear layer) {
    return offset(forwardOffsets, layer);
  }

  /** Offset of {@code W [out, in]}; only for panels made for training. */
  public int backwardOffset(Linear layer) {
    return offset(backwardOffsets, layer);
  }

  private int offset(Map<Linear, Integer> offsets, Linear layer) {
    Integer offset = offsets.get(layer);
    if (offset == null) {
      throw new IllegalArgumentException("no panels were made for " + layer.weight().name());
    }
    return first + offset;
  }
}
