package dev.janus.bench.duel;

/**
 * One side of a {@link Duel}: a name and work that can be repeated any number of times. What is set
 * up once in real use (packed weights, recorded primitives) belongs into the constructor, not into
 * {@link #run}.
 */
public interface Contender extends AutoCloseable {
  /** Name for the table, with the version where it is a library. */
  String name();

  /** Does the whole work once, on the calling thread and those it starts, and waits for its end. */
  void run();

  /** Frees native memory and threads. */
  @Override
  default void close() {}

  /** A contender that needs no closing. */
  static Contender of(String name, Runnable work) {
    return new Contender() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void run() {
        work.run();
      }
    };
  }
}
