package dev.janus.bench.torch;

import dev.janus.bench.duel.Contender;
import dev.janus.model.TimeEmbedding;
import dev.janus.score.ScoreName;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The ten scores in libtorch over padded batches: four Euler steps from data to noise, five passes
 * for the bit losses (method, section 7). Passes compute only the heads they need.
 */
final class TorchScorer implements Contender {
  private static final int EULER_STEPS = 4;

  private final TorchNetwork network;
  private final TorchNoise noise;
  private final List<ScoringBatch> batches;
  private final int flows;
  private final List<Tensor> eulerTimes = new ArrayList<>();
  private final List<Tensor> gridTimes = new ArrayList<>();

  /** Scores {@code batches}, which together hold flows 0 to {@code flows - 1} once each. */
  TorchScorer(
      TorchNetwork network, TorchNoise noise, List<ScoringBatch> batches, int flows, int d) {
    this.network = network;
    this.noise = noise;
    this.batches = List.copyOf(batches);
    this.flows = flows;
    TimeEmbedding embedding = new TimeEmbedding(d);
    for (int k = EULER_STEPS; k >= 1; k--) {
      eulerTimes.add(time(embedding, k / (double) EULER_STEPS, d));
    }
    for (double t : TorchNoise.GRID) {
      gridTimes.add(time(embedding, t, d));
    }
  }

  private static Tensor time(TimeEmbedding embedding, double t, int d) {
    float[] row = new float[d];
    embedding.write(t, row, 0);
    return TorchTensors.floats(row, 0, 1, d);
  }

  @Override
  public String name() {
    return TorchRuntime.NAME;
  }

  @Override
  public void run() {
    for (ScoringBatch batch : batches) {
      try (PointerScope scope = new PointerScope();
          InferenceMode inference = new InferenceMode(true)) {
        score(batch);
      }
    }
  }

  /** {@code [flows, 10]} in the order of {@link ScoreName}. */
  float[] scores() {
    float[] all = new float[flows * ScoreName.COUNT];
    for (ScoringBatch batch : batches) {
      try (PointerScope scope = new PointerScope();
          InferenceMode inference = new InferenceMode(true)) {
        float[] scores = TorchTensors.toArray(score(batch));
        for (int f = 0; f < batch.which().length; f++) {
          System.arraycopy(
              scores,
              f * ScoreName.COUNT,
              all,
              batch.which()[f] * ScoreName.COUNT,
              ScoreName.COUNT);
        }
      }
    }
    return all;
  }

  /** {@code [flows of the batch, 10]}. */
  private Tensor score(ScoringBatch batch) {
    TensorVector columns = new TensorVector();
    terminal(batch, columns);
    Tensor bitLosses = bitLosses(batch);
    columns.push_back(bitLosses.sum(new long[] {1}, true, batch.sameType()));
    columns.push_back(bitLosses);
    return torch.cat(columns, 1);
  }

  /** Norm of all latents, of the flow's and of the packets', each {@code [flows, 1]}. */
  private void terminal(ScoringBatch batch, TensorVector columns) {
    Tensor packets = batch.continuous().clone();
    Tensor features = batch.features().clone();
    Scalar step = new Scalar(1.0 / EULER_STEPS);
    for (Tensor time : eulerTimes) {
      PaddedInput input = batch.input(packets, batch.bits(), features, time);
      Tensor hidden = network.hidden(input);
      packets.sub_(network.velocity(hidden, batch.rows()), step);
      features.sub_(network.flowVelocity(hidden, batch.rows()), step);
    }
    long[] across = {1};
    Tensor packetSquares =
        batch.sumOverPackets(packets.square().sum(across, true, batch.sameType()));
    Tensor flowSquares = features.square().sum(across, true, batch.sameType());
    Scalar flowElements = new Scalar((double) batch.features().size(1));
    columns.push_back(
        packetSquares.add(flowSquares).div(batch.packetElements().add(flowElements)).sqrt());
    columns.push_back(flowSquares.div(flowElements).sqrt());
    columns.push_back(packetSquares.div(batch.packetElements()).sqrt());
  }

  /** Mean loss of each bit channel over the grid and the packets, {@code [flows, 6]}. */
  private Tensor bitLosses(ScoringBatch batch) {
    Tensor sum = torch.zeros_like(batch.bits());
    Tensor negated = batch.bits().neg();
    for (int q = 0; q < gridTimes.size(); q++) {
      PaddedInput input =
          batch.input(
              noise.packets(q, batch.continuous(), batch.places()),
              noise.bits(q, batch.bits(), batch.places()),
              noise.features(q, batch.features()),
              gridTimes.get(q));
      Tensor logits = network.logits(network.hidden(input), batch.rows());
      sum.add_(torch.softplus(logits.mul(negated)));
    }
    Scalar passes = new Scalar((double) gridTimes.size());
    return batch.sumOverPackets(sum).div(batch.lengths()).div(passes);
  }
}
