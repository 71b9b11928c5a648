package dev.janus.cli;

import dev.janus.contract.flow.Flow;
import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * Flows of which somebody is told now and then how many have been seen.
 *
 * @param flows all flows
 * @param seen told before the first and after every so many
 */
record WatchedFlows(Iterable<Flow> flows, LongConsumer seen) implements Iterable<Flow> {
  private static final int FLOWS_BETWEEN = 1 << 12;

  @Override
  public Iterator<Flow> iterator() {
    Iterator<Flow> all = flows.iterator();
    return new Iterator<>() {
      private long count;

      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Flow next() {
        if (count++ % FLOWS_BETWEEN == 0) {
          seen.accept(count - 1);
        }
        return all.next();
      }
    };
  }
}
