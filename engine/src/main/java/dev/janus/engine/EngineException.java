package dev.janus.engine;

import java.io.Serial;

/** A setting that the engine cannot follow. The message names the setting and the fix. */
public final class EngineException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public EngineException(String message) {
    super(message);
  }
}
