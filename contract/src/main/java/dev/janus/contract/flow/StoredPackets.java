package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.PacketSchema;
import java.util.Arrays;

/**
 * The stored packets of all open flows: chains of blocks of one cache line each, in arrays that
 * hold no references, so that the collector has nothing to follow or to move. A packet is three
 * ints instead of nine floats: size with the six bits, window, and the float bits of the IAT.
 * Blocks are reused. Not thread-safe.
 */
final class StoredPackets {
  private static final int INTS_PER_PACKET = 3;
  static final int PACKETS_PER_BLOCK = 5;
  private static final int INTS_PER_BLOCK = 16;

  /** In a block: the next block of its chain, or of the free ones. */
  private static final int NEXT = INTS_PER_BLOCK - 1;

  private static final int PAGE_BITS = 12;
  private static final int BLOCKS_PER_PAGE = 1 << PAGE_BITS;
  private static final int NONE = -1;

  /** Below the size: the flags as on the wire, then the direction. */
  private static final int BITS = 6;

  private static final int FLAGS = (1 << 5) - 1;
  private static final int REVERSE = 1 << 5;

  private int[][] pages = new int[1][];
  private int blocks;
  private int free = NONE;

  /** Takes a block for the first packets of a flow. */
  int begin() {
    return take();
  }

  /** Takes the block that follows {@code block} in its chain. */
  int follow(int block) {
    int next = take();
    page(block)[at(block) + NEXT] = next;
    return next;
  }

  private int take() {
    int block = free;
    if (block != NONE) {
      free = page(block)[at(block) + NEXT];
      return block;
    }
    if ((blocks & BLOCKS_PER_PAGE - 1) == 0) {
      addPage(blocks >>> PAGE_BITS);
    }
    return blocks++;
  }

  private void addPage(int page) {
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, 2 * page);
    }
    pages[page] = new int[BLOCKS_PER_PAGE * INTS_PER_BLOCK];
  }

  /**
   * Stores a packet.
   *
   * @param place 0..4, its place in the block
   */
  void put(int block, int place, PacketHeader packet, float iatMicros, boolean fromInitiator) {
    int bits = packet.tcpFlags() & FLAGS | (fromInitiator ? 0 : REVERSE);
    int[] page = page(block);
    int at = at(block) + place * INTS_PER_PACKET;
    page[at] = packet.size() << BITS | bits;
    page[at + 1] = packet.window();
    page[at + 2] = Float.floatToRawIntBits(iatMicros);
  }

  /** Reads the block, so that it lies in the cache afterwards. */
  int look(int block) {
    int[] page = page(block);
    int at = at(block);
    return page[at] + page[at + INTS_PER_BLOCK - 1];
  }

  /** The block that follows {@code block} in its chain. */
  int next(int block) {
    return page(block)[at(block) + NEXT];
  }

  /** The first {@code count} packets of a chain as raw tokens {@code [count, 9]}. */
  float[] tokens(int first, int count) {
    float[] tokens = new float[count * PacketSchema.CHANNELS];
    int block = first;
    int[] page = page(block);
    int from = at(block);
    int place = 0;
    for (int to = 0; to < tokens.length; to += PacketSchema.CHANNELS) {
      if (place == PACKETS_PER_BLOCK) {
        block = page[from - PACKETS_PER_BLOCK * INTS_PER_PACKET + NEXT];
        page = page(block);
        from = at(block);
        place = 0;
      }
      int sizeAndBits = page[from];
      tokens[to + PacketChannel.SIZE.index()] = sizeAndBits >>> BITS;
      tokens[to + PacketChannel.IAT.index()] = Float.intBitsToFloat(page[from + 2]);
      tokens[to + PacketChannel.DIRECTION.index()] = bit(sizeAndBits, REVERSE);
      tokens[to + PacketChannel.SYN.index()] = bit(sizeAndBits, PacketHeader.SYN);
      tokens[to + PacketChannel.ACK.index()] = bit(sizeAndBits, PacketHeader.ACK);
      tokens[to + PacketChannel.FIN.index()] = bit(sizeAndBits, PacketHeader.FIN);
      tokens[to + PacketChannel.RST.index()] = bit(sizeAndBits, PacketHeader.RST);
      tokens[to + PacketChannel.PSH.index()] = bit(sizeAndBits, PacketHeader.PSH);
      tokens[to + PacketChannel.WINDOW.index()] = page[from + 1];
      from += INTS_PER_PACKET;
      place++;
    }
    return tokens;
  }

  /** 1 if the bit is set, else 0, without a branch that nobody foresees. */
  private static float bit(int bits, int mask) {
    return (bits & mask) >>> Integer.numberOfTrailingZeros(mask);
  }

  /** Gives a whole chain back. */
  void release(int first, int last) {
    page(last)[at(last) + NEXT] = free;
    free = first;
  }

  private int[] page(int block) {
    return pages[block >>> PAGE_BITS];
  }

  private static int at(int block) {
    return (block & BLOCKS_PER_PAGE - 1) * INTS_PER_BLOCK;
  }
}
