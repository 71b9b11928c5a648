package dev.janus.contract.label;

import dev.janus.contract.flow.FlowTuple;
import java.util.List;
import java.util.Set;

/**
 * Gives a label to the flows that start within a window and have the right ends and facts.
 *
 * @param label of the flows, without the ending of attempts
 * @param fromMicros first moment of the window, epoch microseconds
 * @param toMicros last moment of the window, which belongs to it
 * @param source the initiator of the flow
 * @param destination its responder
 * @param hosts one of these is either end; any when empty
 * @param protocols IP protocol numbers; any when empty
 * @param limits what the facts of the flow must be
 * @param attempts which of the flows are attempts
 */
public record WindowRule(
    String label,
    long fromMicros,
    long toMicros,
    EndpointFilter source,
    EndpointFilter destination,
    List<AddressBlock> hosts,
    Set<Integer> protocols,
    List<Limit> limits,
    Attempts attempts) {
  /** Which flows of a rule are attempts. */
  public enum Attempts {
    NONE,
    /** Those whose initiator sends no payload. */
    WITHOUT_PAYLOAD,
    ALL
  }

  /**
   * What a fact must be.
   *
   * @param fact which one
   * @param min at least this
   * @param max at most this
   */
  public record Limit(FlowFact fact, long min, long max) {
    /**
     * @throws IllegalArgumentException when nothing could be within it
     */
    public Limit {
      if (min < 0 || min > max) {
        throw new IllegalArgumentException(
            fact.key() + ": from " + min + " to " + max + " there is nothing");
      }
    }
  }

  /**
   * @throws IllegalArgumentException naming the key when a value cannot be used
   */
  public WindowRule {
    hosts = List.copyOf(hosts);
    protocols = Set.copyOf(protocols);
    limits = List.copyOf(limits);
    if (label.isBlank()) {
      throw new IllegalArgumentException("label: must not be blank");
    }
    if (fromMicros > toMicros) {
      throw new IllegalArgumentException("to: must not be before from");
    }
  }

  /** Whether a flow starts in the window. */
  boolean covers(long startMicros) {
    return startMicros >= fromMicros && startMicros <= toMicros;
  }

  /** Whether the flow has the right ends. */
  boolean selects(FlowTuple tuple) {
    return (protocols.isEmpty() || protocols.contains(tuple.protocol()))
        && source.accepts(tuple.initiator(), tuple.initiatorPort())
        && destination.accepts(tuple.responder(), tuple.responderPort())
        && (hosts.isEmpty()
            || EndpointFilter.any(hosts, tuple.initiator())
            || EndpointFilter.any(hosts, tuple.responder()));
  }

  /** Whether the facts are within all limits. */
  boolean allows(FlowFacts facts) {
    for (Limit limit : limits) {
      long value = facts.value(limit.fact());
      if (value < limit.min() || value > limit.max()) {
        return false;
      }
    }
    return true;
  }

  /** Whether it asks for something that is an estimate when not all packets are stored. */
  boolean asksForEstimates() {
    return attempts == Attempts.WITHOUT_PAYLOAD
        || limits.stream()
            .anyMatch(
                limit -> limit.fact() != FlowFact.DURATION_US && limit.fact() != FlowFact.PACKETS);
  }

  /** The label of a flow that the rule fits. */
  String label(FlowFacts facts) {
    boolean attempt =
        switch (attempts) {
          case NONE -> false;
          case ALL -> true;
          case WITHOUT_PAYLOAD -> facts.value(FlowFact.FORWARD_BYTES) == 0;
        };
    return attempt ? label + AttemptedFlows.ENDING : label;
  }
}
