package dev.janus.model;

import dev.janus.autograd.Parameter;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import dev.janus.engine.kernel.AttentionMask;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The reference run of a tiny model (T 8, d 16, 2 layers, 2 heads, 4 flows): inputs, injected noise
 * and results of an independent implementation.
 */
public final class TinyModel {
  /** Packet rows of a flow in the padded reference arrays. */
  public static final int PADDED = 8;

  /** The configuration of the reference. */
  public static final ModelConfig CONFIG = new ModelConfig(8, 16, 2, 2, AttentionMask.CAUSAL);

  private final Map<String, NpyArray> golden = new HashMap<>();
  private final String precision;

  /** The run with the uniform source, in single precision. */
  public TinyModel() {
    this(DiscreteSource.UNIFORM);
  }

  /** The run with a source; that with the masked one was made in double precision only. */
  public TinyModel(DiscreteSource source) {
    // The inputs and the noise stand only in the double-precision file.
    List<String> files =
        source == DiscreteSource.UNIFORM
            ? List.of("uniform_f64", "uniform_f32")
            : List.of("mask_f64");
    precision = source == DiscreteSource.UNIFORM ? "_32" : "_64";
    for (String file : files) {
      golden.putAll(
          NpzReader.readAll(
              Path.of(
                  System.getProperty("janus.testdata"), "golden", "tiny_model_" + file + ".npz")));
    }
  }

  /** The name of a computed array in the precision of this run. */
  public String computed(String name) {
    return name + precision;
  }

  private NpyArray array(String name) {
    return Objects.requireNonNull(golden.get(name), name);
  }

  /** A named reference array as floats, whatever its element type. */
  public float[] floats(String name) {
    Object values = array(name).values();
    if (values instanceof double[] doubles) {
      float[] floats = new float[doubles.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) doubles[i];
      }
      return floats;
    }
    return (float[]) values;
  }

  /** A named reference array of doubles. */
  public double[] doubles(String name) {
    return array(name).doubles();
  }

  /** Packets of each of the four flows. */
  public int[] lengths() {
    return Arrays.stream(array("lens").longs()).mapToInt(Math::toIntExact).toArray();
  }

  /** The valid rows of a padded {@code [4, 8, columns]} array, one behind the other. */
  public float[] packed(String name, int columns) {
    float[] padded = floats(name);
    int[] lengths = lengths();
    float[] out = new float[Arrays.stream(lengths).sum() * columns];
    int to = 0;
    for (int f = 0; f < lengths.length; f++) {
      System.arraycopy(padded, f * PADDED * columns, out, to, lengths[f] * columns);
      to += lengths[f] * columns;
    }
    return out;
  }

  /** Weights {@code w0} or {@code w3} in the layout of a network. */
  public float[] weights(String prefix, JanusNetwork network) {
    float[] weights = new float[network.layout().length()];
    for (Parameter p : network.layout().parameters()) {
      float[] values = floats(computed(prefix + "." + p.name()));
      System.arraycopy(values, 0, weights, p.offset(), p.length());
    }
    return weights;
  }

  /** Largest {@code |a - b| / (1e-8 + max |b|)}, the error measure of the golden README. */
  public static double error(float[] actual, int offset, float[] expected) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      double difference = Math.abs((double) actual[offset + i] - expected[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    return worst / (1e-8 + largest);
  }
}
