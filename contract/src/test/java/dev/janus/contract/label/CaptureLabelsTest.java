package dev.janus.contract.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureLabelsTest {
  @ParameterizedTest
  @CsvSource({
    "data/NonTor/browsing.pcap, browsing, nonTOR",
    "data/Tor/browsing.pcap, browsing, TOR",
    "Tor/deeper/browsing.pcap, browsing, none",
    "x/DDOS-syn_flood12.pcap, DDOS-syn_flood12, DDoS",
    "x/a.b.pcap, a.b, dotted",
    "x/aXb.pcap, aXb, none",
    "x/ab1.pcap, ab1, one letter",
    "x/ab12.pcap, ab12, none",
    "data/Tor/browsing.pcap, data/Tor/browsing, TOR",
    "data/DDoS/ddos-ack.pcap, DDoS/ddos-ack, DDoS",
    "data/other/ddos-ack.pcap, other/ddos-ack, DDoS",
  })
  void theFirstPatternThatFitsNameOrFolderDecides(String file, String capture, String label) {
    Map<String, String> patterns = new LinkedHashMap<>();
    patterns.put("NonTor/*", "nonTOR");
    patterns.put("tor/*", "TOR");
    patterns.put("DDoS-*", "DDoS");
    patterns.put("DDoS-SYN*", "never reached");
    patterns.put("a.b", "dotted");
    patterns.put("ab?", "one letter");
    assertThat(new CaptureLabels(patterns).label(capture, Path.of(file)).orElse("none"))
        .isEqualTo(label);
  }

  @Test
  void blankLabelsAndEmptyListsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CaptureLabels(Map.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new CaptureLabels(Map.of("a", " ")));
    assertThatIllegalArgumentException().isThrownBy(() -> new LabelPolicy.Constant(" "));
  }
}
