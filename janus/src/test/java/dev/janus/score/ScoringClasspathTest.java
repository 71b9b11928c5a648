package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScoringClasspathTest {
  @Test
  void aStoredAggregatorScoresWithoutCommonsMath() throws Exception {
    URL own = MahalanobisOas.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader embedder =
        new URLClassLoader(new URL[] {own}, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = embedder.loadClass(MahalanobisOas.class.getName());
      Object oas =
          type.getConstructor(double[].class, double[].class, double.class, int.class)
              .newInstance(new double[] {1, 2}, new double[] {1, 0, 0, 4}, 0.5, 10);
      Method distance = type.getMethod("distance", double[].class, int.class);
      assertThat(distance.invoke(oas, new double[] {0, 2, 4}, 1)).isEqualTo(1.0 + 16.0);
      assertThat(Stream.of(type.getDeclaredMethods()).map(Method::getName)).contains("fit");
    }
  }
}
