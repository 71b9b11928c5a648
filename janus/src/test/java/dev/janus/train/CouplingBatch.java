package dev.janus.train;

import dev.janus.engine.Ragged;
import java.util.Random;

/** A batch of data flows and noise flows for the coupling's tests. */
final class CouplingBatch {
  final Ragged packets = new Ragged();
  final int noisePackets;
  final float[] continuous;
  final float[] features;
  final float[] noiseContinuous;
  final float[] noiseFeatures;
  final float[] bits;
  final float[] noiseBits;

  CouplingBatch(int flows, int noisePackets) {
    this.noisePackets = noisePackets;
    continuous = new float[flows * noisePackets * 3];
    features = new float[flows * 20];
    noiseContinuous = new float[flows * noisePackets * 3];
    noiseFeatures = new float[flows * 20];
    bits = new float[flows * noisePackets * 6];
    noiseBits = new float[flows * noisePackets * 6];
  }

  /** Random sizes: 1 to 70 flows of 1 to at most 64 packets, standard normal values. */
  static CouplingBatch random(long seed) {
    Random random = new Random(seed);
    return random(random, 1 + random.nextInt(70), 1 + random.nextInt(64));
  }

  static CouplingBatch random(Random random, int flows, int maxPackets) {
    CouplingBatch batch = new CouplingBatch(flows, maxPackets);
    for (int j = 0; j < flows; j++) {
      batch.packets.append(1 + random.nextInt(maxPackets));
    }
    fill(random, batch.continuous);
    fill(random, batch.features);
    fill(random, batch.noiseContinuous);
    fill(random, batch.noiseFeatures);
    fill(random, batch.bits);
    fill(random, batch.noiseBits);
    return batch;
  }

  void loadInto(SinkhornCoupling coupling) {
    coupling.load(packets, continuous, features, noiseContinuous, noisePackets, noiseFeatures);
  }

  /** All costs, {@code [data flow][noise flow]}. */
  double[][] cost() {
    return cost(20, 3);
  }

  /** All costs over so many features of a flow and channels of a packet. */
  double[][] cost(int countedFeatures, int channels) {
    int flows = packets.count();
    MaskedCost maskedCost = new MaskedCost(flows, noisePackets, countedFeatures, channels);
    maskedCost.load(
        packets,
        continuous,
        bits,
        features,
        noiseContinuous,
        noiseBits,
        noisePackets,
        noiseFeatures);
    double[][] cost = new double[flows][flows];
    maskedCost.rows(0, flows, cost);
    return cost;
  }

  static void round(double[] source, float[] target) {
    for (int k = 0; k < source.length; k++) {
      target[k] = (float) source[k];
    }
  }

  static double[] widen(float[] source) {
    double[] wide = new double[source.length];
    for (int k = 0; k < source.length; k++) {
      wide[k] = source[k];
    }
    return wide;
  }

  private static void fill(Random random, float[] target) {
    for (int k = 0; k < target.length; k++) {
      target[k] = (float) random.nextGaussian();
    }
  }
}
