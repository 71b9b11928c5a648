package dev.janus.model;

import java.io.Serial;

/**
 * Data or a model file that the model, the trainer, the scorer or the evaluation cannot use. The
 * message is one line: the place (file, flow row, score) and, where there is one, the fix. Control
 * characters, which names out of a damaged file may hold, are shown as question marks.
 */
public sealed class ModelException extends RuntimeException
    permits MissingModelException, OutputFailedException {
  @Serial private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(printable(message));
  }

  public ModelException(String message, Throwable cause) {
    super(printable(message), cause);
  }

  private static String printable(String message) {
    return message.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
  }
}
