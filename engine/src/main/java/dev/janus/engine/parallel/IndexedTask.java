package dev.janus.engine.parallel;

/** Work that is cut into numbered pieces which may run in any order and on any thread. */
@FunctionalInterface
public interface IndexedTask {
  /** Runs piece {@code index}. */
  void run(int index);
}
