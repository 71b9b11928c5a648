package dev.janus.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IpProtocolTest {
  @ParameterizedTest
  @CsvSource({
    "6, tcp, TCP",
    "17, udp, UDP",
    "1, icmp, ICMP",
    "58, icmpv6, ICMPv6",
    "47, 47, IP protocol 47"
  })
  void itHasANameForFilesAndOneForSentences(int number, String written, String title) {
    IpProtocol protocol = new IpProtocol(number);
    assertThat(protocol).hasToString(written);
    assertThat(protocol.title()).isEqualTo(title);
    assertThat(IpProtocol.parse(written)).isEqualTo(protocol);
    assertThat(IpProtocol.parse(String.valueOf(number))).isEqualTo(protocol);
  }
}
