package dev.janus.model;

import java.io.Serial;

/**
 * Data or a model file that the model, the trainer, the scorer or the evaluation cannot use. The
 * message is one line: the place (file, flow row, score) and, where there is one, the fix.
 */
public final class ModelException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
