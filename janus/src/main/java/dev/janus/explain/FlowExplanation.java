package dev.janus.explain;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Why a flow was scored as it was. All sums hold to rounding:
 *
 * <ul>
 *   <li>d2 is the sum of the scores' parts;
 *   <li>the square of terminal_packet is the sum over packets and channels, that of terminal_flow
 *       the sum over features, that of terminal_norm the sum over both;
 *   <li>a disc_nll_ch is the sum over packets, disc_nll_total the sum over packets and bits;
 *   <li>the hidden state's distance is the sum over packets;
 *   <li>the measure of the fused verdict that surprises most is the sum of the evidence for it;
 *   <li>d2 is also the sum of the evidence for it. There the part of a score that is higher than in
 *       benign flows is shared out to packets, bits and features as the score itself is. A score
 *       that is lower has no term that would explain it and stands alone.
 * </ul>
 *
 * <p>A part tells what the number is made of, not what would happen without it: the network reads
 * each packet in the light of those before.
 *
 * @param scores the ten scores, in vector order
 * @param packets the packets that the network reads
 * @param features the twenty flow features
 * @param measures what the fused verdict weighs, in its order
 * @param fused the fused verdict, the largest surprise among the measures
 * @param fusedPValue its p-value
 * @param d2 distance of the ten scores
 * @param pValue its p-value
 * @param hidden distance of the hidden state
 * @param hiddenPValue its p-value
 */
public record FlowExplanation(
    List<ScorePart> scores,
    List<PacketPart> packets,
    List<FeaturePart> features,
    List<MeasurePart> measures,
    double fused,
    double fusedPValue,
    double d2,
    double pValue,
    double hidden,
    double hiddenPValue) {
  public FlowExplanation {
    scores = List.copyOf(scores);
    packets = List.copyOf(packets);
    features = List.copyOf(features);
    measures = List.copyOf(measures);
  }

  /** The measure that the fused verdict comes from: the most surprising one. */
  public MeasurePart leading() {
    return Collections.max(measures, Comparator.comparingDouble(MeasurePart::surprise));
  }

  /**
   * What the {@link #leading} measure is made of in words, the largest part first: a line for each
   * score, packet or feature. The parts add up to the measure; hidden_opening, the largest of three
   * numbers, has one line.
   */
  public List<Evidence> fusedEvidence() {
    return new EvidenceWriter(this).fused();
  }

  /**
   * What d2 is made of in words, the largest part first: a line for each channel and bit of each
   * packet, each feature, and each score below its benign mean. The parts add up to d2.
   */
  public List<Evidence> evidence() {
    return new EvidenceWriter(this).distance();
  }

  /**
   * What the hidden state's distance is made of in words, the largest part first: a line for each
   * packet. The parts add up to it.
   */
  public List<Evidence> hiddenEvidence() {
    return new EvidenceWriter(this).hidden();
  }
}
