package dev.janus.bench.onnx;

import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A session of ONNX Runtime. Its jar holds the native library for five platforms in one, 90 MB,
 * which compiling the bench should not need: so its classes are reached by name.
 */
final class OrtSession implements AutoCloseable {
  private static final String PACKAGE = "ai.onnxruntime.";

  private final Object environment;
  private final AutoCloseable options;
  private final AutoCloseable session;
  private final Map<String, AutoCloseable> inputs = new HashMap<>();

  /** Loads a model with all optimisations; {@code threads} work on one operator at a time. */
  OrtSession(byte[] model, int threads) {
    environment = invokeStatic(type("OrtEnvironment"), "getEnvironment", new Class<?>[0]);
    Class<?> optionsType = type("OrtSession$SessionOptions");
    options = (AutoCloseable) make(optionsType);
    Class<?> levels = type("OrtSession$SessionOptions$OptLevel");
    invoke(options, "setIntraOpNumThreads", new Class<?>[] {int.class}, threads);
    invoke(options, "setInterOpNumThreads", new Class<?>[] {int.class}, 1);
    invoke(options, "setOptimizationLevel", new Class<?>[] {levels}, constant(levels, "ALL_OPT"));
    // Threads busy-wait for work during a run, but leave the cores to the other side after it.
    Class<?>[] texts = {String.class, String.class};
    invoke(options, "addConfigEntry", texts, "session.force_spinning_stop", "1");
    session =
        (AutoCloseable)
            invoke(
                environment,
                "createSession",
                new Class<?>[] {byte[].class, optionsType},
                model,
                options);
  }

  /** Sets an input for all later runs. */
  void input(String name, float[] values, long... shape) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(values.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer()
            .put(values)
            .flip();
    Class<?>[] types = {type("OrtEnvironment"), FloatBuffer.class, long[].class};
    Object tensor =
        invokeStatic(type("OnnxTensor"), "createTensor", types, environment, buffer, shape);
    inputs.put(name, (AutoCloseable) tensor);
  }

  /** Runs the model; the outputs are dropped. */
  void run() {
    close(result());
  }

  /** Runs the model and reads one output, flattened. */
  float[] output(String name) {
    AutoCloseable result = result();
    try {
      Object value =
          ((Optional<?>) invoke(result, "get", new Class<?>[] {String.class}, name)).orElseThrow();
      FloatBuffer buffer = (FloatBuffer) invoke(value, "getFloatBuffer", new Class<?>[0]);
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    } finally {
      close(result);
    }
  }

  private AutoCloseable result() {
    return (AutoCloseable) invoke(session, "run", new Class<?>[] {Map.class}, inputs);
  }

  @Override
  public void close() {
    inputs.values().forEach(OrtSession::close);
    close(session);
    close(options);
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException("ONNX Runtime failed to free memory", e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(PACKAGE + name);
    } catch (ClassNotFoundException e) {
      throw new NoClassDefFoundError(PACKAGE + name + " is not on the class path");
    }
  }

  private static Object constant(Class<?> type, String name) {
    for (Object value : type.getEnumConstants()) {
      if (value.toString().equals(name)) {
        return value;
      }
    }
    throw new NoSuchFieldError(type + "." + name);
  }

  private static Object make(Class<?> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw failure(type.getName(), e);
    }
  }

  private static Object invokeStatic(
      Class<?> type, String method, Class<?>[] types, Object... arguments) {
    try {
      return type.getMethod(method, types).invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw failure(method, e);
    }
  }

  private static Object invoke(
      Object target, String method, Class<?>[] types, Object... arguments) {
    try {
      return target.getClass().getMethod(method, types).invoke(target, arguments);
    } catch (ReflectiveOperationException e) {
      throw failure(method, e);
    }
  }

  private static RuntimeException failure(String what, ReflectiveOperationException e) {
    Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("ONNX Runtime: " + what + " failed", cause);
  }
}
