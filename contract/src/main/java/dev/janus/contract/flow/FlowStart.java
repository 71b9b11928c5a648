package dev.janus.contract.flow;

/** What the first packet of a flow tells about its beginning. */
public enum FlowStart {
  /** A TCP SYN: the connection is seen from its beginning. */
  SYN,
  /** A TCP SYN with ACK: the SYN itself was lost, or came later in the capture. */
  SYN_ACK,
  /** A TCP packet without SYN: the connection is older than the capture or than its time-out. */
  MID_STREAM,
  /** UDP or ICMP, which have no beginning of their own. */
  DATAGRAM,
  /** The flow before it became too old and was cut, see {@link EndReason#ACTIVE}. */
  CONTINUED,
  /** Not known: flows that another program extracted. */
  UNKNOWN
}
