package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.extraction.ExtractionPlan;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.contract.label.OffsetAdvice;
import dev.janus.contract.label.TimeOffset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExtractionSummaryTest {
  @Test
  void anOffsetIsRecommendedOnlyWhenItIsClearlyBetter() {
    assertThat(json(0.10, 0.11)).doesNotContainKey("recommended_time_offset");
    assertThat(json(0.10, 0.90))
        .containsEntry(
            "recommended_time_offset",
            Map.of("time_offset", "+03:00", "hit_rate", 0.90, "present_hit_rate", 0.10));
  }

  private static Map<String, Object> json(double presentHitRate, double bestHitRate) {
    OffsetAdvice advice =
        new OffsetAdvice(
            100,
            TimeOffset.parse("+00:00"),
            presentHitRate,
            TimeOffset.parse("+03:00"),
            bestHitRate,
            Optional.empty());
    return new ExtractionSummary(
            new ExtractionPlan(
                List.of(),
                CaptureOptions.defaults(),
                FlowTableConfig.defaults(),
                CaptureBoundary.ENDS_FLOWS),
            List.of(),
            List.of(),
            Map.of(),
            LabelOrigin.NONE,
            Optional.empty(),
            Optional.of(advice),
            Path.of("out"),
            ProductBuild.read())
        .json();
  }
}
