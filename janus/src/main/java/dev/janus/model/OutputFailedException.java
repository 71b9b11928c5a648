package dev.janus.model;

import java.io.Serial;

/** A file that cannot be written; the disk may be full. */
public final class OutputFailedException extends ModelException {
  @Serial private static final long serialVersionUID = 1L;

  public OutputFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
