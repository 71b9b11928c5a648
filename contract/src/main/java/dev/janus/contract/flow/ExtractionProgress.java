package dev.janus.contract.flow;

/** Hears now and then how far an extraction is. */
@FunctionalInterface
public interface ExtractionProgress {
  /** Hears nothing. */
  ExtractionProgress NONE = (bytesRead, bytesTotal, packets, flows) -> {};

  /**
   * @param bytesRead bytes read over all captures, as they lie on disk
   * @param bytesTotal size of all captures on disk; 0 for pipes
   * @param packets packets kept so far
   * @param flows flows started so far
   */
  void update(long bytesRead, long bytesTotal, long packets, long flows);
}
