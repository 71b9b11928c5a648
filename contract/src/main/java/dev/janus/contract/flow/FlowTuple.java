package dev.janus.contract.flow;

/**
 * The 5-tuple of a flow, seen from its initiator.
 *
 * @param initiator address of the sender of the first packet
 * @param initiatorPort 0..65535; 0 for ICMP
 * @param responder the other address
 * @param responderPort 0..65535; 0 for ICMP
 * @param protocol IP protocol number
 */
public record FlowTuple(
    IpAddress initiator, int initiatorPort, IpAddress responder, int responderPort, int protocol) {}
