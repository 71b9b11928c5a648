package dev.janus.explain;

import dev.janus.contract.packet.PacketChannel;
import dev.janus.score.FusedMeasure;
import dev.janus.score.ScoreName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Puts the parts of an explanation into words: what the packet is, and what it accounts for. */
final class EvidenceWriter {
  private static final double PERCENT = 100;

  private final FlowExplanation explanation;

  EvidenceWriter(FlowExplanation explanation) {
    this.explanation = explanation;
  }

  List<Evidence> distance() {
    List<Evidence> lines = new ArrayList<>();
    for (PacketPart packet : explanation.packets()) {
      String place = place(packet);
      packet
          .channels()
          .forEach(c -> lines.add(new Evidence(c.d2(), place + ": " + text(packet, c))));
      packet.bits().forEach(b -> lines.add(new Evidence(b.d2(), place + ": " + text(b))));
    }
    explanation.features().forEach(f -> lines.add(new Evidence(f.d2(), text(f))));
    explanation.scores().stream()
        .filter(score -> !score.isRaised())
        .forEach(score -> lines.add(new Evidence(score.d2(), text(score))));
    return largestFirst(lines);
  }

  List<Evidence> hidden() {
    return largestFirst(
        explanation.packets().stream()
            .map(packet -> new Evidence(packet.hidden(), line(packet)))
            .toList());
  }

  List<Evidence> fused() {
    MeasurePart leading = explanation.leading();
    return switch (leading.measure()) {
      case OAS -> scores(ScorePart::oas);
      case SUM -> scores(ScorePart::z);
      case PACKETS -> packets(explanation.packets(), explanation.packets().size());
      case OPENING ->
          packets(
              List.of(
                  Collections.max(
                      explanation.packets().stream().limit(FusedMeasure.OPENING_PACKETS).toList(),
                      Comparator.comparingDouble(PacketPart::atPlace))),
              1);
      case FEATURES ->
          largestFirst(
              explanation.features().stream()
                  .map(feature -> new Evidence(feature.distance(), plain(feature)))
                  .toList());
    };
  }

  private List<Evidence> scores(ToDoubleFunction<ScorePart> part) {
    return largestFirst(
        explanation.scores().stream()
            .map(score -> new Evidence(part.applyAsDouble(score), plain(score)))
            .toList());
  }

  private List<Evidence> packets(List<PacketPart> packets, int shares) {
    return largestFirst(
        packets.stream()
            .map(packet -> new Evidence(packet.atPlace() / shares, line(packet)))
            .toList());
  }

  private static String plain(ScorePart score) {
    return "flow: %s %s, mean of the benign reference %s, %s deviations %s it"
        .formatted(
            score.name().label(),
            number(score.value()),
            number(score.referenceMean()),
            number(Math.abs(score.z())),
            score.z() < 0 ? "below" : "above");
  }

  private static String plain(FeaturePart feature) {
    return "flow: %s %s, benign mean %s"
        .formatted(
            feature.feature().column(), number(feature.value()), number(feature.benignMean()));
  }

  private static List<Evidence> largestFirst(List<Evidence> lines) {
    return lines.stream().sorted(Comparator.comparingDouble(Evidence::part).reversed()).toList();
  }

  /** The packet, and what came before it. */
  private String place(PacketPart part) {
    Packet packet = part.packet();
    return "packet %d (%s from the %s, %s)"
        .formatted(part.number(), packet.flagsText(), packet.sender().label(), context(part));
  }

  private String context(PacketPart part) {
    if (part.number() == 1) {
      return "the first";
    }
    Packet before = explanation.packets().get(part.number() - 2).packet();
    return String.format(
        Locale.ROOT,
        "after %s of %,d bytes from the %s",
        before.isBareAck() ? "a bare ACK" : before.flagsText(),
        before.sizeBytes(),
        before.sender().label());
  }

  private String line(PacketPart part) {
    Packet packet = part.packet();
    return String.format(
        Locale.ROOT,
        "%s: size %,d bytes, IAT %,d us, window %,d bytes",
        place(part),
        packet.sizeBytes(),
        packet.iatMicros(),
        packet.window());
  }

  private String text(PacketPart part, ChannelPart channel) {
    ScoreName score = named(ScoreName.TERMINAL_PACKET, ScoreName.TERMINAL_NORM);
    double ofSquare =
        score == ScoreName.TERMINAL_PACKET ? channel.terminalPacket() : channel.terminalNorm();
    return "%s, latent %s, %s"
        .formatted(
            value(part.packet(), channel.channel()),
            number(channel.latent()),
            ofSquare(score, ofSquare));
  }

  private static String value(Packet packet, PacketChannel channel) {
    return switch (channel) {
      case SIZE -> String.format(Locale.ROOT, "size %,d bytes", packet.sizeBytes());
      case IAT -> String.format(Locale.ROOT, "IAT %,d us", packet.iatMicros());
      case WINDOW -> String.format(Locale.ROOT, "window %,d bytes", packet.window());
      default -> throw new IllegalArgumentException(channel + " is a bit");
    };
  }

  private String text(BitPart bit) {
    ScoreName own = FlowExplainer.scoreOf(bit.channel());
    ScoreName score = named(own, ScoreName.DISC_NLL_TOTAL);
    return "%s, given probability %s, %s"
        .formatted(state(bit), probability(bit.probability()), of(score, bit.discNll()));
  }

  private static String state(BitPart bit) {
    if (bit.channel() == PacketChannel.DIRECTION) {
      return "sent by the " + (bit.set() ? Side.RESPONDER : Side.INITIATOR).label();
    }
    return bit.channel().name() + (bit.set() ? " set" : " not set");
  }

  private String text(FeaturePart feature) {
    ScoreName score = named(ScoreName.TERMINAL_FLOW, ScoreName.TERMINAL_NORM);
    double ofSquare =
        score == ScoreName.TERMINAL_FLOW ? feature.terminalFlow() : feature.terminalNorm();
    return "flow: %s %s, benign mean %s, latent %s, %s"
        .formatted(
            feature.feature().column(),
            number(feature.value()),
            number(feature.benignMean()),
            number(feature.latent()),
            ofSquare(score, ofSquare));
  }

  private static String text(ScorePart score) {
    return "flow: %s %s, not above the benign mean %s"
        .formatted(score.name().label(), number(score.value()), number(score.benignMean()));
  }

  /**
   * The score that a term is told as a share of: the narrower one, unless only the other counts.
   */
  private ScoreName named(ScoreName own, ScoreName overall) {
    return adds(overall) && !adds(own) ? overall : own;
  }

  private boolean adds(ScoreName name) {
    ScorePart score = score(name);
    return score.isRaised() && score.d2() > 0;
  }

  private ScorePart score(ScoreName name) {
    return explanation.scores().get(name.ordinal());
  }

  private String of(ScoreName name, double part) {
    return share(part / score(name).value(), name);
  }

  private String ofSquare(ScoreName name, double part) {
    double value = score(name).value();
    return share(part / (value * value), name);
  }

  private static String share(double share, ScoreName name) {
    double percent = Double.isFinite(share) ? PERCENT * share : 0;
    return String.format(Locale.ROOT, "%.1f %% of %s", percent, name.label());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String probability(double value) {
    return String.format(Locale.ROOT, value < 0.001 ? "%.0e" : "%.3f", value);
  }
}
