package dev.janus.contract.label;

import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers 5-tuples, either direction alike, from 0 in the order in which they come. Open addressing
 * over two longs a tuple: an object a tuple would take three times the memory.
 */
final class TupleIndex {
  private static final int NONE = -1;
  private static final int PORT_BITS = 16;
  private static final int PROTOCOL_BITS = 8;

  private final Map<IpAddress, Integer> addresses = new HashMap<>();

  /** Address number and port of the endpoint that sorts first, and the protocol. */
  private long[] first = new long[16];

  /** Address number and port of the other endpoint. */
  private long[] second = new long[16];

  /** Number of the tuple in each slot, or -1; a power of two, at most half full. */
  private int[] slots = emptySlots(32);

  private int size;

  /** Number of different tuples. */
  int size() {
    return size;
  }

  /** Number of the tuple, a new one if it was not there. */
  int add(FlowTuple tuple) {
    long one = endpoint(number(tuple.initiator()), tuple.initiatorPort());
    long other = endpoint(number(tuple.responder()), tuple.responderPort());
    long low = Math.min(one, other) << PROTOCOL_BITS | tuple.protocol();
    long high = Math.max(one, other);
    int slot = slotOf(low, high);
    if (slots[slot] != NONE) {
      return slots[slot];
    }
    if (size == first.length) {
      first = Arrays.copyOf(first, size * 2);
      second = Arrays.copyOf(second, size * 2);
    }
    first[size] = low;
    second[size] = high;
    slots[slot] = size++;
    if (size * 2L > slots.length) {
      grow();
    }
    return size - 1;
  }

  /** Number of the tuple, or -1 when it is not there. */
  int find(FlowTuple tuple) {
    Integer initiator = addresses.get(tuple.initiator());
    Integer responder = addresses.get(tuple.responder());
    if (initiator == null || responder == null) {
      return NONE;
    }
    long one = endpoint(initiator, tuple.initiatorPort());
    long other = endpoint(responder, tuple.responderPort());
    return slots[
        slotOf(Math.min(one, other) << PROTOCOL_BITS | tuple.protocol(), Math.max(one, other))];
  }

  private int number(IpAddress address) {
    Integer known = addresses.get(address);
    if (known == null) {
      known = addresses.size();
      addresses.put(address, known);
    }
    return known;
  }

  private static long endpoint(int address, int port) {
    return (long) address << PORT_BITS | port;
  }

  /** The tuple's slot, or the empty one where it would go. */
  private int slotOf(long low, long high) {
    int mask = slots.length - 1;
    int slot = hash(low, high) & mask;
    while (slots[slot] != NONE && (first[slots[slot]] != low || second[slots[slot]] != high)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    slots = emptySlots(slots.length * 2);
    for (int i = 0; i < size; i++) {
      slots[slotOf(first[i], second[i])] = i;
    }
  }

  private static int hash(long low, long high) {
    long mixed = (low * 0x9e37_79b9_7f4a_7c15L) ^ (high * 0xc2b2_ae3d_27d4_eb4fL);
    mixed = (mixed ^ mixed >>> 32) * 0xd6e8_feb8_6659_fd93L;
    return (int) (mixed ^ mixed >>> 32);
  }

  private static int[] emptySlots(int count) {
    int[] slots = new int[count];
    Arrays.fill(slots, NONE);
    return slots;
  }
}
