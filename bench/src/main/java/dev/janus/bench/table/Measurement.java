package dev.janus.bench.table;

import dev.janus.bench.duel.Effort;
import java.util.function.Consumer;

/** What a running group is given: how thorough to be and where rows and progress go. */
public final class Measurement {
  private final Effort effort;
  private final Consumer<Row> rows;
  private final Consumer<String> progress;

  public Measurement(Effort effort, Consumer<Row> rows, Consumer<String> progress) {
    this.effort = effort;
    this.rows = rows;
    this.progress = progress;
  }

  /** How thorough to be. */
  public Effort effort() {
    return effort;
  }

  /** Whether this is the quick mode. */
  public boolean quick() {
    return effort == Effort.QUICK;
  }

  /** Hands over a row. */
  public void add(Row row) {
    rows.accept(row);
  }

  /** Tells the user what is being measured now. */
  public void progress(String what) {
    progress.accept(what);
  }

  /** Work with a peer that may not exist on this machine. */
  @FunctionalInterface
  public interface PeerWork {
    void run() throws Exception;
  }

  /**
   * Does work that loads a peer. Where the peer's native library does not load here, a row that
   * says so takes the place of its results.
   *
   * @param missing names peer, row, unit and bar of that row; see {@link Row#withoutPeer}
   * @return whether the peer ran
   * @throws Exception what the work throws otherwise
   */
  public boolean withPeer(MissingPeer missing, PeerWork work) throws Exception {
    try {
      work.run();
      return true;
    } catch (LinkageError e) {
      add(
          Row.withoutPeer(
              missing.peerName(), missing.rowName(), missing.unit(), reason(e), missing.bar()));
      return false;
    }
  }

  /** The row to show when a peer is missing. */
  public record MissingPeer(String peerName, String rowName, String unit, Bar bar) {}

  private static String reason(LinkageError error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return "its library does not load here ("
        + root.getClass().getSimpleName()
        + ": "
        + message
        + ")";
  }
}
