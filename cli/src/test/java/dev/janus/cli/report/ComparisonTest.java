package dev.janus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.eval.ComparedFigure;
import dev.janus.eval.FlowBlocks;
import dev.janus.eval.PairedComparison;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final Path RUN = Path.of("run");

  @Test
  void aPValueIsNeverShownAsZero() {
    assertThat(line(2 / 1_000_001.0)).endsWith(" <0.0001");
    assertThat(line(0.000_09)).endsWith(" <0.0001");
    assertThat(line(0.000_1)).endsWith(" 0.0001");
    assertThat(line(0.25)).endsWith(" 0.2500");
  }

  private static String line(double pValue) {
    PairedComparison result =
        new PairedComparison(
            List.of(
                new PairedComparison.Figure(
                    ComparedFigure.MACRO_AUROC, 0.9, 0.8, 0.05, 0.15, pValue)),
            List.of(
                new FlowBlocks.Stratum("BENIGN", 100, 20), new FlowBlocks.Stratum("x", 100, 20)),
            1_000_000,
            42);
    return new Comparison(
            new Comparison.Side(RUN, "a"), new Comparison.Side(RUN, "b"), RUN, 2, result)
        .lines().stream().filter(line -> line.startsWith("AUROC")).findFirst().orElseThrow();
  }
}
