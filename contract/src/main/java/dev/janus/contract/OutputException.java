package dev.janus.contract;

import java.io.Serial;

/** A file that cannot be created, written or put in its place; the disk may be full. */
public final class OutputException extends ContractException {
  @Serial private static final long serialVersionUID = 1L;

  public OutputException(String message, Throwable cause) {
    super(message, cause);
  }
}
