package dev.janus.cli.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingCurvesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aShortLogIsTakenStepByStep() throws IOException {
    TrainingCurves curves = TrainingCurves.read(log(3));
    assertThat(curves.steps()).containsExactly(1.0, 2.0, 3.0);
    assertThat(curves.losses()).containsOnlyKeys("loss", "flow_loss");
    assertThat(curves.losses().get("flow_loss")).containsExactly(-1.0, -2.0, -3.0);
    assertThat(curves.stepsPerPoint()).isEqualTo(1);
  }

  @Test
  void aLongLogIsThinnedToMeansThatKeepTheMean() throws IOException {
    TrainingCurves curves = TrainingCurves.read(log(4096));
    assertThat(curves.steps().size()).isBetween(256, 512);
    assertThat(curves.stepsPerPoint()).isEqualTo(16);
    assertThat(curves.steps().getFirst()).isEqualTo(8.5);
    assertThat(curves.steps().stream().mapToDouble(s -> s).average().orElse(0))
        .isCloseTo(2048.5, within(1e-9));
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    Path file = log(3);
    Files.writeString(file, Files.readString(file) + "{\"step\":4,\"lo");
    assertThatThrownBy(() -> TrainingCurves.read(file))
        .isInstanceOf(CliException.class)
        .hasMessageContaining(
            TrainingCurves.FILE + ":4: no line of a training log: Unexpected end");
    Files.writeString(file, "{\"step\":1,\"loss\":2}\n{\"stop\":2}\n");
    assertThatThrownBy(() -> TrainingCurves.read(file))
        .hasMessageEndingWith(":2: no line of a training log: it has no step");
    Files.write(file, new byte[] {(byte) 0xff, '\n'});
    assertThatThrownBy(() -> TrainingCurves.read(file))
        .hasMessageEndingWith(":1: no line of a training log: not text in UTF-8");
  }

  private Path log(int steps) throws IOException {
    return Files.write(
        folder.resolve(TrainingCurves.FILE),
        IntStream.rangeClosed(1, steps)
            .mapToObj(step ->
                "{\"step\":%d,\"loss\":%d.0,\"flow_loss\":-%d,\"gradient_norm\":1}"
                    .formatted(step, step, step))
            .toList());
  }
}
