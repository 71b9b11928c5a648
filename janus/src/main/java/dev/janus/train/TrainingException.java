package dev.janus.train;

import java.io.Serial;

/** Training cannot go on; the message says at which step, why, and what to do. */
public final class TrainingException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
