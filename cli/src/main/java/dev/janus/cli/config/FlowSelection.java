package dev.janus.cli.config;

import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.label.AddressBlock;
import java.util.List;

/**
 * Which labelled flows of a data set take part in training, validation and test. The others are
 * unused.
 *
 * @param protocols IP protocols; any when empty
 * @param hosts addresses of which one is either end; any when empty
 * @param minPackets packets that a flow has at least
 * @param trainPerCapture benign flows of a training capture that the split cuts into training,
 *     validation and test at most, the earliest; 0 for all
 * @param testBenignPerCapture benign flows of a capture that are tested at most, the earliest; 0
 *     for all
 */
public record FlowSelection(
    List<IpProtocol> protocols,
    List<AddressBlock> hosts,
    int minPackets,
    int trainPerCapture,
    int testBenignPerCapture) {
  /** Every labelled flow. */
  public static final FlowSelection ALL = new FlowSelection(List.of(), List.of(), 1, 0, 0);

  public FlowSelection {
    protocols = List.copyOf(protocols);
    hosts = List.copyOf(hosts);
  }

  /**
   * Whether a flow may take part.
   *
   * @param tuple its ends
   * @param packets its true number of packets
   */
  public boolean accepts(FlowTuple tuple, long packets) {
    return packets >= minPackets
        && (protocols.isEmpty() || protocols.contains(new IpProtocol(tuple.protocol())))
        && (hosts.isEmpty()
            || hosts.stream()
                .anyMatch(
                    host -> host.contains(tuple.initiator()) || host.contains(tuple.responder())));
  }
}
