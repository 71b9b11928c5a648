package dev.janus.contract.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.capture.CaptureReader;
import dev.janus.contract.packet.FragmentPolicy;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.Tunnel;
import dev.janus.contract.packet.TunnelPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares packets and bytes of every TCP and UDP 5-tuple with tshark's ({@code -z conv,tcp -z
 * conv,udp} for the packets, the fields of each frame for the bytes) on public captures, see {@link
 * OddCapturesTest}; skipped where tshark is not installed. The rules for differences:
 *
 * <ul>
 *   <li>Bytes are IP datagram lengths, not frame lengths, so they are taken from tshark's {@code
 *       ip.len} and {@code ipv6.plen + 40}; datagrams that state no length are left out.
 *   <li>tshark takes a frame for a packet of each conversation in it. Its decoders of tunnels over
 *       UDP are turned off and ours stay closed; where there are tunnels over IP instead, both look
 *       inside; a capture with both kinds is left out.
 *   <li>tshark does not assign fragments without reassembling them; neither do we here, and later
 *       fragments are left out. IPv6 packets with a fragment header are kept by us with the policy
 *       that assigns, so later ones are left out by their counter.
 *   <li>In a frame with several datagrams the fields do not tell which length is whose: with
 *       tunnels over IP only packets are compared.
 *   <li>tshark wants a TCP header with all its options, and a whole UDP header; we take what has
 *       the TCP window, or the ports. In captures with such cut headers it may find fewer packets.
 *   <li>tshark takes the last stop of a source route, and the home address of a mobile node, for
 *       the address; we take what stands in the IP header. Captures of those are left out.
 *   <li>The captures that {@link OddCapturesTest} names as read otherwise by tshark are left out.
 * </ul>
 */
@EnabledIfSystemProperty(named = "janus.public.captures", matches = ".+")
class TsharkConversationsTest {
  private static final Set<String> READ_OTHERWISE =
      Set.of(
          "odd/broken/corrupted.pcap",
          "odd/broken/huge_caplen.pcap",
          "odd/broken/empty.pcap",
          "odd/parse_cases/ah/17_ah_invalid_payload_length_too_small.pcap",
          "odd/parse_cases/mpls/21_mpls_snaplen_truncated_inner_tcp.pcap",
          "odd/parse_cases/pppoe/27_pppoe_session_capture_truncated_ipv4_udp_caplen_lt_origlen.pcap",
          "odd/parse_cases/pppoe/29_pppoe_session_unsupported_type_with_ipv4_trailer.pcap",
          "odd/parse_cases/pppoe/33_pppoe_same_session_id_supported_and_unsupported_code.pcap");

  private static final Set<String> ROUTED =
      Set.of(
          "odd/ipv6/ipv6-hbh-routing0.pcap",
          "odd/ipv6/ipv6_mobile_hoa.pcap",
          "odd/parse_cases/ip_options/07_ipv4_loose_source_route_udp.pcap");

  private static final Set<String> CUT_HEADERS =
      Set.of(
          "tasks/ftp_brute/benign/ftp2.snap74.pcap",
          "tasks/ftp_brute/benign/test2.snap74.pcap",
          "odd/frag/ipv4_fragmented-syn.pcap",
          "odd/snaplen/truncated-header.pcap",
          "odd/parse_cases/vxlan/29_vxlan_capture_truncation_matrix.pcap");

  private static final List<String> OVER_UDP =
      List.of("vxlan", "geneve", "gtp", "teredo", "l2tp", "capwap");

  private static final List<String> FIELDS =
      List.of(
          "ip.src",
          "ip.dst",
          "ip.len",
          "ipv6.src",
          "ipv6.dst",
          "ipv6.plen",
          "tcp.srcport",
          "tcp.dstport",
          "udp.srcport",
          "udp.dstport");

  private static final Pattern CONVERSATION =
      Pattern.compile("(\\S+):(\\d+)\\s+<->\\s+(\\S+):(\\d+)\\s+.*");

  private static boolean installed;

  @BeforeAll
  static void look() throws InterruptedException {
    try {
      installed = run(List.of("tshark", "--version")).getFirst().contains("TShark");
    } catch (IOException e) {
      installed = false;
    }
  }

  static List<String> captures() throws IOException {
    Path folder = folder();
    return Files.readAllLines(folder.resolve("MANIFEST.csv")).stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .filter(file -> !file.endsWith(".csv"))
        .filter(file -> !READ_OTHERWISE.contains(file) && !ROUTED.contains(file))
        .toList();
  }

  private static Path folder() {
    return Path.of(System.getProperty("janus.public.captures"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("captures")
  void everyConversationHasThePacketsAndBytesThatTsharkFinds(String file)
      throws IOException, InterruptedException {
    assumeThat(installed).as("tshark is installed").isTrue();
    Path capture = folder().resolve(file);
    Set<Tunnel.Carrier> carriers = carriers(capture);
    assumeThat(carriers).as("kinds of tunnels").hasSizeLessThan(2);
    boolean inside = carriers.contains(Tunnel.Carrier.IP);
    Map<Conversation, Long> packets = new HashMap<>();
    Map<Conversation, Long> bytes = new HashMap<>();
    Set<Conversation> unclear = new HashSet<>();
    readWithTshark(capture, inside, packets, bytes, unclear);

    Map<Conversation, Long> ourPackets = new HashMap<>();
    Map<Conversation, Long> ourBytes = new HashMap<>();
    readOurselves(capture, inside, ourPackets, ourBytes);

    if (CUT_HEADERS.contains(file)) {
      assertThat(ourPackets.keySet()).containsAll(packets.keySet());
      packets.forEach((conversation, count) ->
          assertThat(ourPackets.get(conversation))
              .as(conversation.toString())
              .isGreaterThanOrEqualTo(count));
      return;
    }
    assertThat(ourPackets).isEqualTo(packets);
    if (!inside) {
      ourBytes.keySet().removeAll(unclear);
      bytes.keySet().removeAll(unclear);
      assertThat(ourBytes).isEqualTo(bytes);
    }
  }

  private static Set<Tunnel.Carrier> carriers(Path capture) {
    Set<Tunnel.Carrier> carriers = new HashSet<>();
    try (CaptureReader reader = CaptureReader.open(capture, options(true))) {
      PacketHeader packet = new PacketHeader();
      while (reader.next(packet)) {
        // Only the counters matter.
      }
      Arrays.stream(Tunnel.values())
          .filter(tunnel -> reader.statistics().decoding().tunnels(tunnel) > 0)
          .forEach(tunnel -> carriers.add(tunnel.carrier()));
    }
    return carriers;
  }

  private static CaptureOptions options(boolean inside) {
    return CaptureOptions.defaults()
        .with(FragmentPolicy.ASSIGN)
        .with(inside ? TunnelPolicy.INNERMOST : TunnelPolicy.OUTER);
  }

  private static void readOurselves(
      Path capture,
      boolean inside,
      Map<Conversation, Long> packets,
      Map<Conversation, Long> bytes) {
    try (CaptureReader reader = CaptureReader.open(capture, options(inside))) {
      PacketHeader packet = new PacketHeader();
      long assigned = 0;
      while (reader.next(packet)) {
        boolean later = reader.statistics().decoding().assignedFragments() > assigned;
        assigned = reader.statistics().decoding().assignedFragments();
        int protocol = packet.protocol();
        if (!later && (protocol == PacketHeader.TCP || protocol == PacketHeader.UDP)) {
          Conversation conversation =
              Conversation.of(
                  protocol,
                  address(packet.sourceHigh(), packet.sourceLow(), packet),
                  packet.sourcePort(),
                  address(packet.destinationHigh(), packet.destinationLow(), packet),
                  packet.destinationPort());
          packets.merge(conversation, 1L, Long::sum);
          bytes.merge(conversation, (long) packet.size(), Long::sum);
        }
      }
    }
  }

  private static IpAddress address(long high, long low, PacketHeader packet) {
    return new IpAddress(
        high, low, packet.isIpv6() ? IpAddress.Family.IPV6 : IpAddress.Family.IPV4);
  }

  private static void readWithTshark(
      Path capture,
      boolean inside,
      Map<Conversation, Long> packets,
      Map<Conversation, Long> bytes,
      Set<Conversation> unclear)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
    FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
    command.addAll(List.of("-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE"));
    command.addAll(List.of("-z", "conv,udp", "-z", "conv,tcp"));
    if (!inside) {
      OVER_UDP.forEach(protocol -> command.addAll(List.of("--disable-protocol", protocol)));
    }
    int protocol = 0;
    for (String line : run(command)) {
      if (line.endsWith(" Conversations")) {
        protocol = line.startsWith("TCP") ? PacketHeader.TCP : PacketHeader.UDP;
      } else if (protocol == 0) {
        frame(line.split("\t", -1), bytes, unclear);
      } else {
        Matcher match = CONVERSATION.matcher(line);
        if (match.matches()) {
          packets.merge(conversation(protocol, match), frames(line), Long::sum);
        }
      }
    }
  }

  private static Conversation conversation(int protocol, Matcher match) {
    return Conversation.of(
        protocol,
        IpAddress.parse(match.group(1)),
        Integer.parseInt(match.group(2)),
        IpAddress.parse(match.group(3)),
        Integer.parseInt(match.group(4)));
  }

  /** The third pair of frames and bytes is the sum of both directions. */
  private static long frames(String line) {
    Matcher pairs = Pattern.compile("(\\d+) (\\d+) (bytes|kB|MB)").matcher(line);
    long frames = 0;
    for (int pair = 0; pair < 3 && pairs.find(); pair++) {
      frames = Long.parseLong(pairs.group(1));
    }
    return frames;
  }

  /** Adds the length of the innermost datagram; with several in a frame, only what is clear. */
  private static void frame(
      String[] cells, Map<Conversation, Long> bytes, Set<Conversation> unclear) {
    if (cells.length < FIELDS.size()) {
      return;
    }
    boolean tcp = !cells[6].isEmpty();
    String sourcePort = tcp ? cells[6] : cells[8];
    boolean ipv6 = cells[0].isEmpty();
    String length = ipv6 ? cells[5] : cells[2];
    if (sourcePort.isEmpty() || cells[0].isEmpty() == cells[3].isEmpty()) {
      return;
    }
    boolean several =
        (length + sourcePort + cells[8]).contains(",") || (tcp && !cells[8].isEmpty());
    if (several) {
      return;
    }
    Conversation conversation =
        Conversation.of(
            tcp ? PacketHeader.TCP : PacketHeader.UDP,
            IpAddress.parse(ipv6 ? cells[3] : cells[0]),
            Integer.parseInt(sourcePort),
            IpAddress.parse(ipv6 ? cells[4] : cells[1]),
            Integer.parseInt(tcp ? cells[7] : cells[9]));
    long stated = Long.parseLong(length);
    if (stated == 0) {
      unclear.add(conversation);
    }
    bytes.merge(conversation, ipv6 ? stated + 40 : stated, Long::sum);
  }

  private static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return lines;
  }

  /** A 5-tuple without direction: the smaller end comes first. */
  private record Conversation(int protocol, String oneEnd, String otherEnd) {
    static Conversation of(
        int protocol, IpAddress source, int sourcePort, IpAddress destination, int port) {
      String from = source + " " + sourcePort;
      String to = destination + " " + port;
      return from.compareTo(to) <= 0
          ? new Conversation(protocol, from, to)
          : new Conversation(protocol, to, from);
    }
  }
}
