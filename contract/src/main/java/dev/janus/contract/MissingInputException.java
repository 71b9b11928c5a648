package dev.janus.contract;

import java.io.Serial;

/** An input that does not exist or cannot be opened. */
public final class MissingInputException extends ContractException {
  @Serial private static final long serialVersionUID = 1L;

  public MissingInputException(String message) {
    super(message);
  }

  public MissingInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
