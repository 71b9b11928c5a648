package dev.janus.baselines;

import java.io.Serial;

/** Flows that a detector cannot be fitted on or cannot score. The message is one line. */
public final class BaselineException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public BaselineException(String message) {
    super(message);
  }
}
