package dev.janus.autograd.optim;

import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import java.util.Arrays;

/**
 * A fixed number of gradient arrays that are summed in slot order, so that the total depends on
 * which chunk went to which slot and not on the number of threads. Different slots may be filled by
 * different threads at the same time.
 */
public final class GradientSlots {
  /** Slots, whatever the number of threads. */
  public static final int COUNT = 8;

  private static final int BLOCK = 16 * 1024;

  private final Kernels kernels;
  private final float[][] slots;

  /** Slots that are zero because the last sum left them so. */
  private final boolean[] zero = new boolean[COUNT];

  public GradientSlots(Kernels kernels, int length) {
    this.kernels = kernels;
    slots = new float[COUNT][length];
  }

  /** The gradients of a slot; the owner of the slot clears them first. */
  public float[] slot(int index) {
    return slots[index];
  }

  /** Sets a slot to zero, to be filled. */
  public void clear(int index) {
    if (!zero[index]) {
      Arrays.fill(slots[index], 0f);
    }
    zero[index] = false;
  }

  /**
   * Adds slots 1 to {@code used - 1} to slot 0, in order, and returns slot 0. The others become
   * zero block by block, while they are in cache, which saves reading them again to clear them.
   */
  public float[] sum(int used, ThreadTeam team) {
    float[] total = slots[0];
    int blocks = (total.length + BLOCK - 1) / BLOCK;
    team.run(
        blocks,
        block -> {
          int from = block * BLOCK;
          int n = Math.min(BLOCK, total.length - from);
          for (int s = 1; s < used; s++) {
            kernels.add(n, slots[s], from, total, from);
            Arrays.fill(slots[s], from, from + n, 0f);
          }
        });
    Arrays.fill(zero, 1, used, true);
    return total;
  }
}
