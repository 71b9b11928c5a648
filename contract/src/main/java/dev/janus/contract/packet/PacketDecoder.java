package dev.janus.contract.packet;

/**
 * Finds addresses, ports, size, TCP flags and window in captured frames (method, sections 1.1, 1.2
 * and 2). Never reads outside the given range and throws nothing; allocates nothing per packet once
 * its table of fragments has grown to its fixed bound. Use one for each capture. Not thread-safe.
 */
public final class PacketDecoder {
  private final Frame frame;

  public PacketDecoder(TunnelPolicy tunnels, FragmentPolicy fragments) {
    frame = new Frame(tunnels, fragments);
  }

  /**
   * Decodes one frame into {@code packet}, whose fields are meaningful only when the verdict is
   * {@link PacketVerdict#KEPT}. {@link PacketHeader#stamp} comes before: fragments find each other
   * only within a time. What was stamped stays as it is.
   *
   * @param bytes array that holds the frame
   * @param offset where the frame starts
   * @param available bytes of the frame present in the array, from {@code offset} on
   * @param captured captured length of the frame, at least {@code available}; counts only when a
   *     segmentation-offloaded packet states no length of its own
   * @param linkType link-layer number, see {@link LinkType}
   */
  public PacketVerdict decode(
      byte[] bytes, int offset, int available, int captured, int linkType, PacketHeader packet) {
    frame.bytes = bytes;
    frame.capturedEnd = offset + captured;
    frame.packet = packet;
    PacketVerdict verdict = LinkLayer.decode(linkType, frame, offset, offset + available);
    if ((frame.met | frame.nested) != 0) {
      if (verdict == PacketVerdict.KEPT) {
        frame.statistics.opened(frame.opened);
      }
      frame.nested = 0;
      frame.met = 0;
      frame.opened = 0;
    }
    return verdict;
  }

  /** What was met up to now; the same object at each call. */
  public DecodingStatistics statistics() {
    return frame.statistics;
  }
}
