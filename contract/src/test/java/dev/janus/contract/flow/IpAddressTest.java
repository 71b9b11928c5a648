package dev.janus.contract.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,0.0.0.0",
    "255.255.255.255,255.255.255.255",
    "192.168.10.3,192.168.10.3",
    "::,::",
    "::1,::1",
    "1::,1::",
    "2001:DB8:0:0:0:0:0:1,2001:db8::1",
    "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
    "fe80::0204:61ff:fe9d:f156,fe80::204:61ff:fe9d:f156",
    "::ffff:192.0.2.1,::ffff:c000:201",
    "1:2:3:4:5:6:192.0.2.1,1:2:3:4:5:6:c000:201",
  })
  void parsesTextAndPrintsTheCanonicalForm(String text, String canonical) {
    assertThat(IpAddress.parse(text)).hasToString(canonical);
    assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.",
        ".1.2.3",
        "1..2.3",
        "0001.2.3.4",
        "1.2.3.04",
        "localhost",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7:",
        ":1:2:3:4:5:6:7",
        "fe80::1%eth0",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3",
        "1.2.3.4:5",
        "١.2.3.4"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomAddressesSurviveTextAndAgreeWithTheJdk(long seed) throws UnknownHostException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      // Masking leaves runs of zero groups, which is where the text form is tricky.
      IpAddress v6 =
          IpAddress.ofV6(random.nextLong() & sparse(random), random.nextLong() & sparse(random));
      assertThat(IpAddress.parse(v6.toString())).isEqualTo(v6);
      byte[] bytes = java.net.InetAddress.getByName(v6.toString()).getAddress();
      if (bytes.length == 16) {
        IpAddress longForm = IpAddress.parse(Inet6Address.getByAddress(bytes).getHostAddress());
        assertThat(longForm).isEqualTo(v6);
      }
      IpAddress v4 = IpAddress.ofV4(random.nextInt());
      assertThat(IpAddress.parse(v4.toString())).isEqualTo(v4);
    }
  }

  @Test
  void familiesWithTheSameBitsDiffer() {
    assertThat(IpAddress.parse("0.0.0.1")).isNotEqualTo(IpAddress.parse("::1"));
  }

  private static long sparse(SplittableRandom random) {
    long mask = 0;
    for (int group = 0; group < 4; group++) {
      mask = mask << 16 | (random.nextInt(2) == 0 ? 0 : 0xffff);
    }
    return mask;
  }
}
