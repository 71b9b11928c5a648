package dev.janus.cli.results;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a {@code metrics.json} tells beside the figures that every run has.
 *
 * @param splitCaution what the way in which flows were split hides, "" if nothing
 * @param delay how early verdicts fire, if that was measured
 */
public record RunNotes(String splitCaution, Optional<DelayFigures> delay) {
  /** Key of the caution. */
  public static final String SPLIT_CAUTION = "split_caution";

  /** Key of the delay. */
  public static final String DETECTION_DELAY = "detection_delay";

  /**
   * Reads the notes of a run.
   *
   * @throws dev.janus.cli.terminal.CliException when a note is damaged; names the key
   */
  public static RunNotes read(RunFolder run) {
    Path file = run.path().resolve(EvaluatedRun.METRICS_FILE);
    JsonPart json = JsonPart.read(file);
    return new RunNotes(
        json.text(SPLIT_CAUTION), json.find(DETECTION_DELAY).map(DelayFigures::read));
  }
}
