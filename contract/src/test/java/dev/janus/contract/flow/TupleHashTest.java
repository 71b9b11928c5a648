package dev.janus.contract.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.packet.FragmentPolicy;
import dev.janus.contract.packet.Frames;
import dev.janus.contract.packet.LinkType;
import dev.janus.contract.packet.PacketDecoder;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.PacketVerdict;
import dev.janus.contract.packet.TunnelPolicy;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TupleHashTest {
  private static final int TUPLES = 1 << 16;

  /** Among so many random numbers of 32 bits hardly a pair is equal. */
  private static final int DISTINCT = TUPLES - 30;

  private final long seed = System.nanoTime();
  private final TupleHash hash = new TupleHash(new SplittableRandom(seed));
  private final PacketDecoder decoder = new PacketDecoder(TunnelPolicy.OUTER, FragmentPolicy.DROP);
  private final PacketHeader packet = new PacketHeader();

  private int hash(long sourceLow, int sourcePort, long destinationLow, int destinationPort) {
    byte[] datagram =
        Frames.ipv6(PacketHeader.UDP, 1, 2, Frames.udp(sourcePort, destinationPort, 0));
    ByteBuffer.wrap(datagram).putLong(16, sourceLow).putLong(32, destinationLow);
    assertThat(decoder.decode(datagram, 0, datagram.length, datagram.length, LinkType.RAW, packet))
        .isEqualTo(PacketVerdict.KEPT);
    return hash.of(packet);
  }

  @Test
  void isTheSameInBothDirections() {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      long low = random.nextLong();
      int port = random.nextInt(1 << 16);
      assertThat(hash(7, 80, low, port)).as("seed %d", seed).isEqualTo(hash(low, port, 7, 80));
    }
  }

  @Test
  void aPortCannotMakeUpForAnAddress() {
    for (int shift = 0; shift <= 48; shift += 4) {
      Set<Integer> hashes = new HashSet<>();
      for (int port = 0; port < TUPLES; port++) {
        hashes.add(hash((long) port << shift, port, 7, 80));
      }
      assertThat(hashes).as("shift %d, seed %d", shift, seed).hasSizeGreaterThan(DISTINCT);
    }
  }

  @Test
  void oneEndCannotMakeUpForTheOther() {
    Set<Integer> hashes = new HashSet<>();
    for (int port = 0; port < TUPLES; port++) {
      hashes.add(hash(6, port, 7, TUPLES - 1 - port));
    }
    assertThat(hashes).as("seed %d", seed).hasSizeGreaterThan(DISTINCT);
  }
}
