package dev.janus.train;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.Ragged;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.engine.random.CounterRandom;
import dev.janus.engine.random.SplitMix64;
import dev.janus.model.DiscreteSource;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import java.util.Optional;

/**
 * The flows of one step with their source noise, its pairing and the times (method, section 6,
 * items 1 to 3). Buffers are reused from step to step; reading is thread-safe between two calls of
 * {@link #prepare}.
 */
final class TrainingBatch {
  private static final int WHOLE_BATCH = -1;
  private static final int COST_ROWS = 8;
  private static final int CONTINUOUS = JanusNetwork.CONTINUOUS;
  private static final int BITS = JanusNetwork.BITS;
  private static final int FEATURES = FlowFeature.COUNT;

  private final TrainingFlows flows;
  private final BatchSampler sampler;
  private final CounterRandom random;
  private final Optional<SinkhornCoupling> coupling;
  private final NormalizedFlows batch = new NormalizedFlows();
  private final int[] rows;
  private final float[] sourcePackets;
  private final float[] sourceFeatures;

  /** Source noise of bits that are taken as continuous; empty where they are not. */
  private final float[] sourceBits;

  private final int[] sourceOf;
  private final int[] timeOrder;
  private final double[] times;
  private final double[] uniforms;
  private final DiscreteSource source;
  private final MaskedPrediction maskedPrediction;

  /** Uniforms of {@link NoiseUse#BIT_KEPT}, while masked bits are counted. */
  private final float[] keep;

  private final int[] maskedOf;
  private final int length;
  private int step;
  private int longest;

  TrainingBatch(
      ModelConfig model, TrainingConfig config, TrainingFlows flows, BatchSampler sampler) {
    this.flows = flows;
    this.sampler = sampler;
    this.random = new CounterRandom(config.seed());
    this.source = model.discreteSource();
    this.maskedPrediction = config.maskedPrediction();
    this.length = model.maxPackets();
    int size = sampler.batchSize();
    coupling = SinkhornCoupling.of(model, config, size);
    maskedOf = new int[size];
    keep = new float[source == DiscreteSource.MASKED ? size * length * BITS : 0];
    rows = new int[size];
    batch.reserve(size, size * length);
    sourcePackets = new float[size * length * CONTINUOUS];
    sourceFeatures = new float[size * FEATURES];
    sourceBits = new float[model.hasContinuousBits() ? size * length * BITS : 0];
    sourceOf = new int[size];
    timeOrder = new int[size];
    times = new double[size];
    uniforms = new double[size];
  }

  /** Fills the batch of {@code step}; a function of seed and step alone. */
  void prepare(int step, ThreadTeam team) {
    this.step = step;
    int size = sampler.fill(step, rows);
    gather(size);
    team.run(size, this::drawSource);
    drawTimes(size);
    coupling.ifPresentOrElse(sinkhorn -> couple(sinkhorn, size, team), () -> keepOrder(size));
    if (source == DiscreteSource.MASKED) {
      team.run(size, this::countMasked);
    }
  }

  /** Counts the bits of a flow that the noise takes away. */
  private void countMasked(int j) {
    int from = j * length * BITS;
    int to = from + packets().rows(j) * BITS;
    CounterRandom.fillUniforms(key(j, NoiseUse.BIT_KEPT), keep, from, to - from);
    int masked = 0;
    for (int k = from; k < to; k++) {
      masked += source.asks(keep[k], times[j]) ? 1 : 0;
    }
    maskedOf[j] = masked;
  }

  private void gather(int size) {
    flows.gather(rows, size, batch);
    longest = 1;
    for (int j = 0; j < size; j++) {
      longest = Math.max(longest, packets().rows(j));
    }
  }

  private void drawSource(int j) {
    int perFlow = longest * CONTINUOUS;
    CounterRandom.fillNormals(key(j, NoiseUse.SOURCE_PACKETS), sourcePackets, j * perFlow, perFlow);
    CounterRandom.fillNormals(
        key(j, NoiseUse.SOURCE_FEATURES), sourceFeatures, j * FEATURES, FEATURES);
    if (sourceBits.length > 0) {
      int bits = longest * BITS;
      CounterRandom.fillNormals(key(j, NoiseUse.SOURCE_BITS), sourceBits, j * bits, bits);
    }
  }

  /** One time per flow, stratified over the batch: {@code (perm(j) + u_j) / B}. */
  private void drawTimes(int size) {
    long orderKey = key(WHOLE_BATCH, NoiseUse.TIME_ORDER);
    for (int j = 0; j < size; j++) {
      int other = CounterRandom.boundedAt(orderKey, j, j + 1);
      timeOrder[j] = timeOrder[other];
      timeOrder[other] = j;
    }
    long key = key(WHOLE_BATCH, NoiseUse.TIME);
    for (int j = 0; j < size; j++) {
      times[j] = (timeOrder[j] + SplitMix64.uniformAt(key, j)) / size;
    }
  }

  private void keepOrder(int size) {
    for (int j = 0; j < size; j++) {
      sourceOf[j] = j;
    }
  }

  private void couple(SinkhornCoupling sinkhorn, int size, ThreadTeam team) {
    sinkhorn.load(
        packets(),
        batch.continuous(),
        batch.bits(),
        batch.features(),
        sourcePackets,
        sourceBits,
        longest,
        sourceFeatures);
    team.run(
        Math.ceilDiv(size, COST_ROWS),
        block -> sinkhorn.costRows(block * COST_ROWS, Math.min(size, (block + 1) * COST_ROWS)));
    sinkhorn.solve();
    SplitMix64.fillUniforms(key(WHOLE_BATCH, NoiseUse.COUPLING), uniforms, 0, size);
    sinkhorn.sample(uniforms, sourceOf);
  }

  /** Random key of flow {@code j} of this batch for one purpose. */
  long key(int j, NoiseUse use) {
    return random.key(step, j, use.ordinal());
  }

  /** Packet rows of the batch's flows. */
  Ragged packets() {
    return batch.packets();
  }

  /** Bits that the network is asked for: all, or those masked; at least 1. */
  int askedBits() {
    if (source == DiscreteSource.UNIFORM) {
      return BITS * packets().totalRows();
    }
    int masked = 0;
    for (int j = 0; j < size(); j++) {
      masked += maskedOf[j];
    }
    return Math.max(1, masked);
  }

  /** Packets that the second pass masks, of all flows together; 0 where there is none. */
  int maskedPackets() {
    int masked = 0;
    for (int j = 0; j < size(); j++) {
      masked += maskedPackets(j);
    }
    return masked;
  }

  /** Packets of flow {@code j} that the second pass masks. */
  int maskedPackets(int j) {
    return maskedPrediction.takesPart()
        ? PacketMask.count(packets().rows(j), maskedPrediction.ratio())
        : 0;
  }

  /** Number of flows. */
  int size() {
    return batch.flows();
  }

  /** Time of flow {@code j} in [0, 1). */
  double time(int j) {
    return times[j];
  }

  /** Data, {@code [packets, 3]}. */
  float[] continuous() {
    return batch.continuous();
  }

  /** True bits, {@code [packets, 6]}. */
  float[] bits() {
    return batch.bits();
  }

  /** Data, {@code [flows, 20]}. */
  float[] features() {
    return batch.features();
  }

  /** Source noise of all flows; flow {@code j} is paired with the rows at {@link #sourceAt}. */
  float[] sourcePackets() {
    return sourcePackets;
  }

  /** First element of the source noise that flow {@code j} is paired with. */
  int sourceAt(int j) {
    return sourceOf[j] * longest * CONTINUOUS;
  }

  /** Source noise of bits that are taken as continuous; see {@link #sourceBitsAt}. */
  float[] sourceBits() {
    return sourceBits;
  }

  int sourceBitsAt(int j) {
    return sourceOf[j] * longest * BITS;
  }

  /** Source noise of the features; flow {@code j} is paired with {@link #sourceFeaturesAt}. */
  float[] sourceFeatures() {
    return sourceFeatures;
  }

  int sourceFeaturesAt(int j) {
    return sourceOf[j] * FEATURES;
  }
}
