package dev.janus.contract.label;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.janus.contract.ContractException;
import dev.janus.contract.flow.IpAddress;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the text of a label file: every row is understood, left out for a counted reason, or the
 * header is refused by a ContractException. To search for more than the stored corpus, set the
 * environment variable {@code JAZZER_FUZZ=1} and the property {@code -Djazzer.hooks=true}.
 */
class LabelFuzzTest {
  private static final String HEADER =
      "Source IP,Source Port,Destination IP,Destination Port,Protocol,Timestamp,Flow Duration,Label";
  private static final String ROW =
      "10.0.0.1,1234,2001:db8::1,80,6,5/7/2017 8:42:07,48021,Web Attack – XSS";

  @FuzzTest(maxDuration = "5m")
  void anyTextEndsInCountedRowsOrAContractException(byte[] bytes) {
    // UTF-16 units, so that every char can occur.
    StringBuilder text = new StringBuilder();
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      text.append((char) (bytes[i] << 8 | bytes[i + 1] & 0xff));
    }
    check(text.toString());
    check(HEADER + "\n" + text);
  }

  @ParameterizedTest
  @ValueSource(longs = {81, 82, 83})
  void damagedRowsAreCounted(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String favourites = "0123456789:./-+eE ,,\"'TZNa\u0660\uffff\0";
    for (int i = 0; i < 500; i++) {
      StringBuilder row = new StringBuilder(ROW);
      for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
        int at = random.nextInt(row.length());
        char c = favourites.charAt(random.nextInt(favourites.length()));
        switch (random.nextInt(3)) {
          case 0 -> row.setCharAt(at, c);
          case 1 -> row.insert(at, c);
          default -> row.deleteCharAt(at);
        }
      }
      check(HEADER + "\n" + row);
    }
  }

  private static void check(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return;
    }
    DatasetDescription description =
        Descriptions.of(
            Descriptions.siteA().csv().layout().charset(),
            new TimestampFormat(
                List.of("d/M/yyyy H:mm[:ss]", "iso", "epoch_s"),
                HourClock.CIC12H,
                ZoneId.of("UTC")),
            0);
    try {
      LabelFileReader reader =
          new LabelFileReader(description, "f.csv", 1, lines.getFirst().split(",", -1));
      LabelTable.Builder rows = LabelTable.builder();
      int understood = 0;
      for (int i = 1; i < lines.size(); i++) {
        var row = reader.read(i + 1, lines.get(i).split(",", -1));
        row.ifPresent(r -> {
          assertThat(r.label()).isNotBlank();
          assertThat(IpAddress.parse(r.tuple().initiator().toString()))
              .isEqualTo(r.tuple().initiator());
          rows.add(r);
        });
        understood += row.isPresent() ? 1 : 0;
      }
      LabelFileReport report = reader.report();
      rows.endFile(report);
      assertThat(report.usable()).isEqualTo(understood);
      assertThat(report.rows() + report.blank()).isEqualTo(lines.size() - 1);
      assertThat(rows.build().size()).isEqualTo(understood);
    } catch (ContractException e) {
      assertThat(e.getMessage()).startsWith("f.csv: ");
    }
  }
}
