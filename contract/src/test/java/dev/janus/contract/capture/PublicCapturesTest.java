package dev.janus.contract.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import dev.janus.contract.packet.PacketHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads public captures whose packets another reader has counted. They are not ours to ship: {@code
 * -Djanus.public.captures=FOLDER} names where they and their {@code MANIFEST.csv} lie.
 */
@EnabledIfSystemProperty(named = "janus.public.captures", matches = ".+")
class PublicCapturesTest {
  record Listed(String file, String readerStatus, long packets) {}

  static Path folder() {
    return Path.of(System.getProperty("janus.public.captures"));
  }

  static List<Listed> captures() throws IOException {
    List<String> lines = Files.readAllLines(folder().resolve("MANIFEST.csv"));
    return lines.stream()
        .skip(1)
        // The licence cell may hold quoted commas.
        .map(line -> line.replaceAll("\"[^\"]*\"", "quoted").split(",", -1))
        .filter(cells -> cells[9].matches("\\d+") && !cells[0].endsWith(".csv"))
        .map(cells -> new Listed(cells[0], cells[8], Long.parseLong(cells[9])))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void everyPacketIsReadOrItsLossReported(Listed listed) {
    Path file = folder().resolve(listed.file());
    if (listed.readerStatus().equals("empty")) {
      assertThatExceptionOfType(ContractException.class)
          .isThrownBy(() -> CaptureReader.open(file))
          .withMessageContaining("empty file");
      return;
    }
    try (CaptureReader reader = CaptureReader.open(file)) {
      PacketHeader packet = new PacketHeader();
      long kept = 0;
      while (reader.next(packet)) {
        kept++;
      }
      CaptureStatistics statistics = reader.statistics();
      System.out.printf(
          "%s: %s, %d read, %d kept, %s%n",
          listed, reader.format(), statistics.packetsRead(), kept, statistics.describe());
      // The other reader counts a record that is cut as a packet.
      long cut = listed.readerStatus().equals("trunc-rec-data") ? 1 : 0;
      assertThat(statistics.packetsRead()).isEqualTo(listed.packets() - cut);
      assertThat(statistics.packetsKept()).isEqualTo(kept);
      assertThat(statistics.stoppedAt().isPresent()).isEqualTo(!listed.readerStatus().equals("ok"));
    }
  }
}
