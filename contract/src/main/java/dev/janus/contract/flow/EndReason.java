package dev.janus.contract.flow;

/** Why a flow left the flow table. */
public enum EndReason {
  /** No packet for more than the idle timeout. */
  IDLE,
  /** A new connection took the same 5-tuple after a RST or a FIN from each side. */
  REOPENED,
  /** It was older than the active time-out; it goes on as a flow of its own. */
  ACTIVE,
  /** The capture ended. */
  CAPTURE_END,
  /** The table was full and this flow was the one idle for longest. */
  EVICTED,
  /** Not known: flows that another program extracted. */
  UNKNOWN
}
