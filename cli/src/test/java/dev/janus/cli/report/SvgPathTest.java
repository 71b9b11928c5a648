package dev.janus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SvgPathTest {
  @Test
  void everyPointLiesWithinAPixelOfTheLineThatIsDrawn() {
    SplittableRandom random = new SplittableRandom(5);
    SvgPath path = new SvgPath();
    List<double[]> points = new ArrayList<>();
    double x = 0;
    double y = 0;
    for (int i = 0; i < 20_000; i++) {
      boolean along = random.nextBoolean();
      double step = random.nextInt(100) == 0 ? random.nextDouble(20) : random.nextDouble(0.05);
      x += along ? step : 0;
      y += along ? 0 : step;
      points.add(new double[] {x, y});
      path.to(x, y);
    }
    List<double[]> drawn = drawn(path.commands());
    assertThat(drawn.size()).isLessThan(points.size() / 5);
    for (double[] point : points) {
      assertThat(distance(point, drawn)).isLessThan(1);
    }
    assertThat(drawn.getLast()[0]).isCloseTo(x, within(0.051));
  }

  @Test
  void theSizeOfACurveDoesNotDependOnItsPoints() {
    SvgPath few = new SvgPath();
    SvgPath many = new SvgPath();
    for (int i = 0; i <= 1_000; i++) {
      few.to(i * 0.4, i * 0.2);
    }
    for (int i = 0; i <= 1_000_000; i++) {
      many.to(i * 0.0004, i * 0.0002);
    }
    assertThat(many.commands().length()).isLessThan(3 * few.commands().length());
  }

  private static List<double[]> drawn(String commands) {
    List<double[]> drawn = new ArrayList<>();
    for (String point : commands.substring(1).split("L")) {
      String[] parts = point.split(" ");
      drawn.add(new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])});
    }
    return drawn;
  }

  private static double distance(double[] point, List<double[]> drawn) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < drawn.size(); i++) {
      double[] a = drawn.get(i - 1);
      double[] b = drawn.get(i);
      double dx = b[0] - a[0];
      double dy = b[1] - a[1];
      double along = dx * dx + dy * dy;
      double t =
          along == 0
              ? 0
              : Math.clamp(((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / along, 0.0, 1.0);
      least = Math.min(least, Math.hypot(point[0] - a[0] - t * dx, point[1] - a[1] - t * dy));
    }
    return least;
  }
}
