package dev.janus.train;

import dev.janus.model.ModelConfig;
import dev.janus.model.ModelException;
import dev.janus.model.OutputFailedException;
import dev.janus.model.SafeTensors;
import dev.janus.model.StoredTensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file a stopped training resumes from. It is written atomically, so a killed run leaves the
 * checkpoint before; it names what it belongs to, so that it is never resumed with another
 * configuration or other flows.
 */
final class Checkpoint {
  private static final String KIND = "janus.checkpoint";
  private static final String STEP = "step";
  private static final String FINGERPRINT = "fingerprint";
  private static final String WEIGHTS = "weights";
  private static final String AVERAGE = "average";
  private static final String FIRST_MOMENT = "first_moment";
  private static final String SECOND_MOMENT = "second_moment";

  private Checkpoint() {}

  /** What the result of a training depends on, as a digest. */
  static String fingerprint(ModelConfig model, TrainingConfig config, TrainingFlows flows) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // The distance of checkpoints changes no result, so it may change between runs.
      String settings = model + "\n" + config.withCheckpointSteps(1);
      digest.update(settings.getBytes(StandardCharsets.UTF_8));
      flows.identify(digest);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /**
   * Writes the state.
   *
   * @throws OutputFailedException when it cannot be written; an older checkpoint stays as it was
   * @throws TrainingException when it cannot be stored
   */
  static void write(Path file, TrainingState state, String fingerprint) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put(WEIGHTS, vector(state.weights()));
    tensors.put(AVERAGE, vector(state.average()));
    tensors.put(FIRST_MOMENT, vector(state.firstMoment()));
    tensors.put(SECOND_MOMENT, vector(state.secondMoment()));
    Map<String, String> metadata =
        Map.of(KIND, "1", STEP, Integer.toString(state.step()), FINGERPRINT, fingerprint);
    try {
      new SafeTensors(tensors, metadata).write(file);
    } catch (OutputFailedException e) {
      throw new OutputFailedException(
          "checkpoint after step " + state.step() + ": " + e.getMessage(), e);
    } catch (ModelException e) {
      throw new TrainingException(
          "checkpoint after step " + state.step() + ": " + e.getMessage(), e);
    }
  }

  private static StoredTensor.Float32 vector(float[] values) {
    return new StoredTensor.Float32(new int[] {values.length}, values);
  }

  /**
   * Reads the state of a network with {@code length} parameters.
   *
   * @throws TrainingException when the file is damaged or belongs to another run
   */
  static TrainingState read(Path file, int length, String fingerprint) {
    try {
      SafeTensors content = SafeTensors.read(file);
      if (!content.metadata().containsKey(KIND)) {
        throw new TrainingException(file + ": not a training checkpoint");
      }
      if (!content.text(FINGERPRINT).equals(fingerprint)) {
        throw new TrainingException(
            file
                + ": the checkpoint belongs to another configuration or other training flows;"
                + " resume with those it was made with, or train afresh without --resume");
      }
      return new TrainingState(
          Integer.parseInt(content.text(STEP)),
          content.float32(WEIGHTS, length).values(),
          content.float32(AVERAGE, length).values(),
          content.float32(FIRST_MOMENT, length).values(),
          content.float32(SECOND_MOMENT, length).values());
    } catch (ModelException | NumberFormatException e) {
      throw new TrainingException(
          file + ": not a usable checkpoint: " + e.getMessage() + "; train afresh without --resume",
          e);
    }
  }
}
