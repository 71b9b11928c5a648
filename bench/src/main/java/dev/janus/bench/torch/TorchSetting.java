package dev.janus.bench.torch;

import dev.janus.bench.duel.Plan;
import dev.janus.bench.table.Bar;
import dev.janus.model.ModelConfig;
import java.util.Map;

/**
 * How libtorch is run. Native libraries read their environment when they load, so each setting has
 * groups, and with them JVMs, of its own.
 */
public enum TorchSetting {
  /** What a user gets who knows that OpenMP must not spin. The bars are for these rows. */
  PLAIN("", Map.of()) {
    @Override
    Bar bar(Bar plain) {
      return plain;
    }

    @Override
    Plan plan(Plan plain) {
      return plain;
    }

    @Override
    TorchLinears inference(
        TorchParameters parameters, GeluForm gelu, ModelConfig config, long rows) {
      return new EagerLinears(parameters, gelu);
    }
  },

  /**
   * All that was found to make libtorch faster here. Threads of OpenBLAS busy-wait for 25 ms after
   * each product unless told otherwise and keep OpenMP's from the cores meanwhile; pages of freed
   * activations go back to the system and are cleared anew for the next step unless the allocator
   * keeps them; and inference takes weights that oneDNN has packed once. For information, in fewer
   * rounds.
   */
  TUNED(
      "tuned",
      Map.of(
          "OPENBLAS_THREAD_TIMEOUT", "4",
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "1073741824",
          "MALLOC_TRIM_THRESHOLD_", "17179869184")) {
    @Override
    Bar bar(Bar plain) {
      return Bar.NONE;
    }

    @Override
    Plan plan(Plan plain) {
      return new Plan(
          plain.clock(),
          plain.warmUpSeconds() / 2,
          Math.min(plain.warmUpRuns(), 3),
          plain.leastSampleSeconds(),
          plain.measureSeconds() / 2,
          Math.min(plain.leastRounds(), 3),
          plain.mostRounds());
    }

    @Override
    TorchLinears inference(
        TorchParameters parameters, GeluForm gelu, ModelConfig config, long rows) {
      return new PrepackedLinears(parameters, gelu, config.layers(), rows);
    }
  };

  private final String word;
  private final Map<String, String> environment;

  TorchSetting(String word, Map<String, String> environment) {
    this.word = word;
    this.environment = environment;
  }

  /** Name of the group that measures {@code what}. */
  String groupName(String what) {
    return word.isEmpty() ? what : what + "-" + word;
  }

  /** Name for the table, or a summary, with the setting where it is not the plain one. */
  String described(String text) {
    return word.isEmpty() ? text : text + ", " + word;
  }

  /** Name of the peer for the table. */
  String peerName() {
    return described(TorchRuntime.NAME);
  }

  /** Environment of the group's JVM beyond {@code OMP_WAIT_POLICY=passive}. */
  Map<String, String> environment() {
    return environment;
  }

  /** The bar of a row, given the plain one's. */
  abstract Bar bar(Bar plain);

  /** How long to measure, given the plain one's. */
  abstract Plan plan(Plan plain);

  /**
   * The linear layers of a network that does not train.
   *
   * @param rows rows of a batch
   */
  abstract TorchLinears inference(
      TorchParameters parameters, GeluForm gelu, ModelConfig config, long rows);
}
