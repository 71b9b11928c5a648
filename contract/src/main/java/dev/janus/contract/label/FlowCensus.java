package dev.janus.contract.label;

import dev.janus.contract.flow.Flow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts flows by label, and those that found none by what they are. Not thread-safe. */
public final class FlowCensus {
  private static final long HOUR = 3_600_000_000L;

  private final Map<String, Long> byLabel = new TreeMap<>();
  private final Map<Service, Long> services = new HashMap<>();
  private final Map<Long, Long> hours = new TreeMap<>();
  private long flows;
  private long unlabelled;

  /**
   * Protocol and port of a flow's responder.
   *
   * @param protocol IP protocol number
   * @param port 0 for ICMP
   */
  public record Service(int protocol, int port) {}

  /** Counts a flow that found a label. */
  void labelled(String label) {
    flows++;
    byLabel.merge(label, 1L, Long::sum);
  }

  /** Counts a flow that found none. */
  void unlabelled(Flow flow, String label) {
    labelled(label);
    unlabelled++;
    services.merge(
        new Service(flow.tuple().protocol(), flow.tuple().responderPort()), 1L, Long::sum);
    hours.merge(Math.floorDiv(flow.startMicros(), HOUR), 1L, Long::sum);
  }

  /** Number of flows. */
  public long flows() {
    return flows;
  }

  /** Number of flows that found no label. */
  public long unlabelled() {
    return unlabelled;
  }

  /** Flows by the label they have in the end. */
  public Map<String, Long> byLabel() {
    return new TreeMap<>(byLabel);
  }

  /** Flows without label by IP protocol number. */
  public Map<Integer, Long> unlabelledByProtocol() {
    Map<Integer, Long> protocols = new TreeMap<>();
    services.forEach((service, count) -> protocols.merge(service.protocol(), count, Long::sum));
    return protocols;
  }

  /** The services with the most flows without label, most first. */
  public Map<Service, Long> unlabelledByService(int most) {
    List<Map.Entry<Service, Long>> sorted =
        services.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<Service, Long> entry) -> -entry.getValue())
                    .thenComparingInt(entry -> entry.getKey().protocol())
                    .thenComparingInt(entry -> entry.getKey().port()))
            .limit(most)
            .toList();
    Map<Service, Long> top = new LinkedHashMap<>();
    sorted.forEach(entry -> top.put(entry.getKey(), entry.getValue()));
    return top;
  }

  /** Flows without label by the hour in which they start, counted in hours since 1970 in UTC. */
  public Map<Long, Long> unlabelledByHour() {
    return new TreeMap<>(hours);
  }
}
