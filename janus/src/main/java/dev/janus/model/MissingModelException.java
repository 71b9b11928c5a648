package dev.janus.model;

import java.io.Serial;

/** A model file that does not exist or cannot be opened. */
public final class MissingModelException extends ModelException {
  @Serial private static final long serialVersionUID = 1L;

  MissingModelException(String message) {
    super(message);
  }
}
