package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.flow.Flow;
import dev.janus.contract.label.AttemptedFlows;
import dev.janus.contract.label.LabelPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The corrected attacks of CIC-IDS2017, at and around the ends of their windows. */
final class CicIds2017WindowsTest {
  private static final Path WINDOWS =
      CliRun.HOME.resolve("configs/datasets/cicids2017-windows.yaml");
  private static final String NAT = "172.16.0.1";
  private static final String WEB = "192.168.10.50";

  /** First and last whole seconds in UTC, from the publication; just outside it is benign. */
  @ParameterizedTest
  @CsvSource({
    "FTP-Patator, 2017-07-04T12:17:53Z, 2017-07-04T13:20:16Z, 172.16.0.1, 192.168.10.50, 21",
    "SSH-Patator, 2017-07-04T17:09:02Z, 2017-07-04T19:04:19Z, 172.16.0.1, 192.168.10.50, 22",
    "DoS slowloris, 2017-07-05T12:48:55Z, 2017-07-05T13:11:18Z, 172.16.0.1, 192.168.10.50, 80",
    "DoS Slowhttptest, 2017-07-05T13:15:38Z, 2017-07-05T13:37:49Z, 172.16.0.1, 192.168.10.50, 80",
    "DoS Hulk, 2017-07-05T13:43:24Z, 2017-07-05T14:07:21Z, 172.16.0.1, 192.168.10.50, 80",
    "DoS GoldenEye, 2017-07-05T14:10:04Z, 2017-07-05T14:20:08Z, 172.16.0.1, 192.168.10.50, 80",
    "Infiltration, 2017-07-06T17:19:03Z, 2017-07-06T18:46:09Z, 192.168.10.8, 205.174.165.73, 444",
    "Infiltration, 2017-07-06T17:53:37Z, 2017-07-06T20:02:19Z, 192.168.10.25, 205.174.165.73, 444",
    "Infiltration - Portscan, 2017-07-06T17:33:31Z, 2017-07-06T17:34:04Z, 192.168.10.8,"
        + " 192.168.10.5, 99",
    "Infiltration - Portscan, 2017-07-06T18:05:15Z, 2017-07-06T18:46:04Z, 192.168.10.8,"
        + " 192.168.10.51, 99",
    "Bot, 2017-07-07T13:04:14Z, 2017-07-07T14:02:02Z, 192.168.10.15, 205.174.165.73, 8080",
    "PortScan, 2017-07-07T16:55:33Z, 2017-07-07T17:19:08Z, 172.16.0.1, 192.168.10.50, 99",
    "PortScan, 2017-07-07T17:51:46Z, 2017-07-07T18:24:01Z, 172.16.0.1, 192.168.10.50, 99",
    "DDoS, 2017-07-07T18:56:32Z, 2017-07-07T19:16:12Z, 172.16.0.1, 192.168.10.50, 80",
  })
  void attacksBeginAndEndWhereTheyShould(
      String label, String first, String last, String source, String destination, int port) {
    for (String inside : List.of(first, last)) {
      assertThat(label(source, 40_001, destination, port, inside, 300)).isEqualTo(label);
      boolean scan = label.toLowerCase(Locale.ROOT).contains("portscan");
      assertThat(label(source, 40_001, destination, port, inside, 0))
          .isEqualTo(scan ? label : label + " - Attempted");
      assertThat(label(source, 40_001, "192.168.10.77", port, inside, 300)).isEqualTo("BENIGN");
    }
    assertThat(label(source, 40_001, destination, port, shifted(first, -1), 300))
        .isNotEqualTo(label);
    assertThat(label(source, 40_001, destination, port, shifted(last, 1), 300)).isNotEqualTo(label);
  }

  /** To the microsecond. */
  @ParameterizedTest
  @CsvSource({
    "2017-07-04T12:17:52.838271Z, 21, 300, BENIGN",
    "2017-07-04T12:17:52.838272Z, 21, 300, FTP-Patator",
    "2017-07-04T13:20:16.931403Z, 21, 300, FTP-Patator",
    "2017-07-04T13:20:16.931404Z, 21, 300, BENIGN",
    "2017-07-05T12:48:46.211817Z, 80, 300, DoS slowloris - Attempted",
    "2017-07-05T12:48:47.000001Z, 80, 300, BENIGN",
    "2017-07-05T14:07:21.326171Z, 80, 300, DoS Hulk",
    "2017-07-05T14:07:21.326171Z, 80, 281, DoS Hulk - Attempted",
    "2017-07-05T14:07:21.326171Z, 80, 282, DoS Hulk",
    "2017-07-05T14:07:21.326172Z, 80, 300, BENIGN",
    "2017-07-04T18:00:00Z,        22, 32,  SSH-Patator - Attempted",
    "2017-07-04T18:00:00Z,        22, 33,  SSH-Patator",
  })
  void windowsAndLimitsAreExact(String time, int port, int bytes, String label) {
    assertThat(label(NAT, 40_001, WEB, port, time, bytes)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({
    "52108, 2017-07-04T13:00:00Z, 21, FTP-Patator - Attempted",
    "33358, 2017-07-05T13:00:00Z, 80, DoS slowloris - Attempted",
    "54114, 2017-07-05T13:00:00Z, 80, DoS slowloris - Attempted",
    "33372, 2017-07-05T13:20:00Z, 80, DoS Slowhttptest - Attempted",
    "37670, 2017-07-05T13:20:00Z, 80, DoS Slowhttptest - Attempted",
    "48678, 2017-07-05T13:44:00Z, 80, DoS Hulk - Attempted",
    "48678, 2017-07-05T13:46:00Z, 80, DoS Hulk",
    "44464, 2017-07-06T12:30:00Z, 80, Web Attack - Brute Force",
    "44465, 2017-07-06T12:30:00Z, 80, BENIGN",
    "36180, 2017-07-06T13:35:30Z, 80, Web Attack - Sql Injection - Attempted",
    "50122, 2017-07-06T13:40:00Z, 80, Web Attack - Sql Injection",
    "44444, 2017-07-06T13:20:00Z, 80, Web Attack - XSS - Attempted",
  })
  void singlePortsAreExceptions(int port, String time, int service, String label) {
    assertThat(label(NAT, port, WEB, service, time, 300)).isEqualTo(label);
  }

  @Test
  void heartbleedIsOneConnection() {
    assertThat(label(NAT, 45_022, "192.168.10.51", 444, "2017-07-05T18:20:00Z", 9))
        .isEqualTo("Heartbleed");
    assertThat(label(NAT, 45_023, "192.168.10.51", 444, "2017-07-05T18:20:00Z", 9))
        .isEqualTo("BENIGN");
  }

  @Test
  void botsWithoutServerAreAttempts() {
    assertThat(label("192.168.10.9", 1, "205.174.165.73", 8080, "2017-07-07T15:00:00Z", 9))
        .isEqualTo("Bot - Attempted");
    assertThat(label("192.168.10.10", 1, "205.174.165.73", 8080, "2017-07-07T15:00:00Z", 9))
        .isEqualTo("BENIGN");
  }

  @Test
  void theHashOfTheWindowsIsRecorded() throws IOException, NoSuchAlgorithmException {
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(WINDOWS)));
    assertThat(tally().origin().json())
        .containsEntry("rules_sha256", hash)
        .containsEntry("policy", "rules");
  }

  private static String label(
      String source, int port, String destination, int service, String time, int bytes) {
    Flow flow = PublishedDatasetsTest.talk(0, source, port, destination, service, 6, time, bytes);
    return tally().label(flow);
  }

  private static LabelTally tally() {
    LabelSource source =
        LabelSource.of(
                Optional.of(WINDOWS.resolveSibling("cicids2017.yaml")),
                Optional.empty(),
                Optional.empty())
            .orElseThrow()
            .preferring(Optional.of(LabelPolicy.Kind.RULES), Optional.of(AttemptedFlows.KEEP));
    List<String> names = List.of("Tuesday-WorkingHours");
    return LabelTally.of(
        Optional.of(source.read(List.of(Path.of("Tuesday-WorkingHours.pcap")), names)), names);
  }

  private static String shifted(String time, int seconds) {
    return Instant.parse(time).plusSeconds(seconds).toString();
  }
}
