package dev.janus.engine.kernel;

import dev.janus.engine.EngineException;
import org.jspecify.annotations.Nullable;

/** What the system property {@code janus.kernels} asks for. */
enum RequestedKernels {
  AUTOMATIC(0),
  SCALAR(0),
  BITS_128(128),
  BITS_256(256),
  BITS_512(512);

  static final String PROPERTY = "janus.kernels";

  private final int vectorBits;

  RequestedKernels(int vectorBits) {
    this.vectorBits = vectorBits;
  }

  /** Width asked for; 0 when none is. */
  int vectorBits() {
    return vectorBits;
  }

  static RequestedKernels current() {
    return parse(System.getProperty(PROPERTY));
  }

  static RequestedKernels parse(@Nullable String value) {
    if (value == null) {
      return AUTOMATIC;
    }
    return switch (value) {
      case "scalar" -> SCALAR;
      case "128" -> BITS_128;
      case "256" -> BITS_256;
      case "512" -> BITS_512;
      default ->
          throw new EngineException(
              "-D"
                  + PROPERTY
                  + "="
                  + value
                  + ": unknown kernels; use scalar, 128, 256 or 512, or leave the property out");
    };
  }
}
