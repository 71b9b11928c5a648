package dev.janus.bench.table;

import java.util.List;
import java.util.Map;

/**
 * Rows that are measured together, in a JVM of their own: it gets the group's options and
 * environment, so that native libraries find them when they load. Its constructor loads nothing.
 */
public interface Group {
  /** Short name for {@code --only}: lower case, no blanks. */
  String name();

  /** One line for {@code --list}. */
  String summary();

  /** Whether {@code --quick} measures it without being asked for it by name. */
  default boolean isInQuickMode() {
    return true;
  }

  /**
   * Options of the JVM beyond those every group gets: the launcher's (vector module, native access,
   * G1) and compilation in the foreground.
   */
  default List<String> jvmOptions() {
    return List.of();
  }

  /**
   * Environment beyond {@code OMP_WAIT_POLICY=passive}, which every group gets: one thread unless a
   * group sets its threads by call.
   */
  default Map<String, String> environment() {
    return Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1");
  }

  /**
   * Measures and hands over the rows, each as soon as it is there. Compares results with each peer
   * before it times them.
   *
   * @throws Exception when the group cannot be run; rows handed over before are kept
   */
  void run(Measurement measurement) throws Exception;
}
