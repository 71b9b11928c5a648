package dev.janus.contract.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.packet.PacketHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random traffic: few hosts and ports, so that keys return after pauses, resets and reorders. */
class FlowTablePropertyTest {
  private static final int PACKETS = 12_000;

  private final Packets packets = new Packets();
  private final List<Flow> ended = new ArrayList<>();

  /** Time runs on, mostly in small steps, with pauses near the timeout, and jitters backwards. */
  private final class Traffic {
    private final SplittableRandom random;
    private final int hosts;
    private final long jitterMicros;
    private long now = 1_700_000_000_000_000L;

    Traffic(long seed, int hosts, long jitterMicros) {
      this.random = new SplittableRandom(seed);
      this.hosts = hosts;
      this.jitterMicros = jitterMicros;
    }

    PacketHeader next() {
      int pause = random.nextInt(2_000);
      if (pause == 0) {
        now += 119_999_990 + random.nextInt(20);
      } else if (pause < 10) {
        now += random.nextLong(60_000_000);
      } else {
        now += random.nextInt(2_000);
      }
      long time = now - (jitterMicros > 0 ? random.nextLong(jitterMicros) : 0);
      int from = random.nextInt(hosts);
      int to = random.nextInt(hosts);
      int fromPort = 1 + random.nextInt(3);
      int toPort = 1 + random.nextInt(3);
      return switch (random.nextInt(6)) {
        case 0 -> packets.icmp(time, from, to);
        case 1 -> packets.udp(time, from, fromPort, to, toPort);
        case 2 -> packets.udpOverIpv6(time, from, fromPort, to, toPort);
        default -> packets.tcp(time, from, fromPort, to, toPort, random.nextInt(32));
      };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "31, 64, NONE, FIRST_SENDER",
    "32, 1, NONE, FIRST_SENDER",
    "33, 4, NONE, SYN_SENDER",
    "34, 5, 3000000, FIRST_SENDER",
    "35, 6, 3000000, SYN_SENDER",
    "36, 63, 1, FIRST_SENDER",
    "37, 64, 500000, FIRST_SENDER"
  })
  void theTableGivesTheFlowsOfATableThatNeverForgets(
      long seed, int maxPackets, String activeTimeoutMicros, InitiatorRule initiator) {
    SplittableRandom random = new SplittableRandom(seed);
    long jitter = random.nextInt(3) * 400_000L;
    Traffic traffic = new Traffic(seed, 4 + random.nextInt(60), jitter);
    FlowTableConfig config =
        FlowTableConfig.defaults().withMaxPackets(maxPackets).withInitiator(initiator);
    if (!activeTimeoutMicros.equals("NONE")) {
      config = config.withActiveTimeoutMicros(Long.parseLong(activeTimeoutMicros));
    }
    ReferenceFlows reference = new ReferenceFlows(config);
    FlowTable table = new FlowTable(config, 0, ended::add);
    PacketHeader[] together = new PacketHeader[FlowTable.MOST_TOGETHER];
    for (int i = 0; i < PACKETS; ) {
      // Now and then one by one.
      int count = 1 + random.nextInt(FlowTable.MOST_TOGETHER);
      for (int k = 0; k < count; k++) {
        together[k] = traffic.next();
        reference.add(together[k]);
      }
      if (count == 1) {
        table.add(together[0]);
      } else {
        table.add(together, count);
      }
      i += count;
    }
    int idleBeforeTheEnd = ended.size();
    table.finish();

    ended.sort(Comparator.comparingLong(Flow::flowId));
    assertThat(ended.stream().map(ReferenceFlows::line)).isEqualTo(reference.lines());
    assertThat(idleBeforeTheEnd).isPositive();
    assertThat(table.evicted()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void aSmallTableKeepsItsBoundAndLosesNoPacket(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int bound = 1 + random.nextInt(100);
    Traffic traffic = new Traffic(seed, 200, 100_000);
    FlowTable table =
        new FlowTable(
            FlowTableConfig.defaults().withMaxOpenFlows(bound).withMaxPackets(16), 5, ended::add);
    for (int i = 0; i < PACKETS; i++) {
      table.add(traffic.next());
      assertThat(table.openFlows()).isLessThanOrEqualTo(bound);
    }
    table.finish();

    assertThat(table.evicted()).isPositive();
    assertThat(ended).hasSize((int) table.flows());
    assertThat(ended.stream().mapToLong(Flow::packets).sum()).isEqualTo(PACKETS);
    assertThat(ended.stream().mapToLong(Flow::flowId).sorted())
        .containsExactlyElementsOf(LongStream.range(5, 5 + table.flows()).boxed().toList());
    assertThat(ended.stream().filter(flow -> flow.endReason() == EndReason.EVICTED))
        .hasSize((int) table.evicted());
    assertThat(ended)
        .allSatisfy(
            flow -> assertThat((long) flow.length()).isEqualTo(Math.min(flow.packets(), 16)));
  }
}
