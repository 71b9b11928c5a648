package dev.janus.contract.capture;

import dev.janus.contract.packet.FragmentPolicy;
import dev.janus.contract.packet.TunnelPolicy;

/**
 * How the packets of a capture are read.
 *
 * @param tunnels whose packet a tunnelled packet is
 * @param fragments what becomes of fragments without ports
 * @param duplicates what becomes of exact duplicates
 * @param reorderWindow packets held back to bring them into the order of their time stamps; 0 takes
 *     them as they come
 */
public record CaptureOptions(
    TunnelPolicy tunnels, FragmentPolicy fragments, DuplicatePolicy duplicates, int reorderWindow) {
  /** With it, packets may be swapped with the thousandth before them. */
  public static final int USUAL_REORDER_WINDOW = 1_000;

  public static final int LARGEST_REORDER_WINDOW = 1 << 20;

  /**
   * @throws IllegalArgumentException when the window is out of its range
   */
  public CaptureOptions {
    if (reorderWindow < 0 || reorderWindow > LARGEST_REORDER_WINDOW) {
      throw new IllegalArgumentException(
          "the window for re-sorting must be 0 to "
              + LARGEST_REORDER_WINDOW
              + " packets, not "
              + reorderWindow);
    }
  }

  /** Tunnels by their outer flow, fragments assigned, nothing removed, nothing re-sorted. */
  public static CaptureOptions defaults() {
    return new CaptureOptions(TunnelPolicy.OUTER, FragmentPolicy.ASSIGN, DuplicatePolicy.KEEP, 0);
  }

  /** The same with other tunnels. */
  public CaptureOptions with(TunnelPolicy policy) {
    return new CaptureOptions(policy, fragments, duplicates, reorderWindow);
  }

  /** The same with other fragments. */
  public CaptureOptions with(FragmentPolicy policy) {
    return new CaptureOptions(tunnels, policy, duplicates, reorderWindow);
  }

  /** The same with other duplicates. */
  public CaptureOptions with(DuplicatePolicy policy) {
    return new CaptureOptions(tunnels, fragments, policy, reorderWindow);
  }

  /** The same with another window for re-sorting. */
  public CaptureOptions withReorderWindow(int packets) {
    return new CaptureOptions(tunnels, fragments, duplicates, packets);
  }
}
