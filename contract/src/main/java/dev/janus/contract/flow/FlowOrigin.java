package dev.janus.contract.flow;

/**
 * Where the first packet of a flow stands, so that a reviewer can open it.
 *
 * @param capture index of the capture file, in reading order
 * @param firstPacketIndex index of the packet in that capture, from 0, dropped packets counted too
 * @param fileOffset offset of the packet's record in the uncompressed capture
 */
public record FlowOrigin(int capture, long firstPacketIndex, long fileOffset) {}
