package dev.janus.score;

import java.util.List;

/**
 * How far the hidden states of a flow's packets lie from those of benign packets at the same place
 * of a flow. Immutable and thread-safe.
 *
 * @param places one distance for each of the first packets, the last one for all later packets
 */
record PlaceDistances(List<WhitenedDistance> places) {
  /** Places of a model: sixteen of their own and one that the later packets share. */
  static final int PLACES = 17;

  PlaceDistances {
    places = List.copyOf(places);
    if (places.isEmpty()
        || places.stream().mapToInt(WhitenedDistance::dimensions).distinct().count() != 1) {
      throw new IllegalArgumentException("at least one place, all of the same dimensions");
    }
  }

  /**
   * Measures one flow.
   *
   * @param states states of its packets, {@code [packets, d]}, from {@code offset} on
   * @param packets at least 1
   * @param room for d numbers, overwritten
   * @param measures receives {@link FusedMeasure#PACKETS} and {@link FusedMeasure#OPENING}
   * @param at place of the flow's first measure there
   */
  void measure(float[] states, int offset, int packets, double[] room, double[] measures, int at) {
    int d = dimensions();
    double total = 0;
    double opening = 0;
    for (int p = 0; p < packets; p++) {
      double distance = places.get(place(p)).distance(states, offset + p * d, room);
      total += distance;
      if (p < FusedMeasure.OPENING_PACKETS) {
        opening = Math.max(opening, distance);
      }
    }
    measures[at + FusedMeasure.PACKETS.ordinal()] = total / packets;
    measures[at + FusedMeasure.OPENING.ordinal()] = opening;
  }

  /** Squared distance of each of a flow's packets, whose states begin at 0. */
  double[] distances(float[] states, int packets) {
    int d = dimensions();
    double[] room = new double[d];
    double[] distances = new double[packets];
    for (int p = 0; p < packets; p++) {
      distances[p] = places.get(place(p)).distance(states, p * d, room);
    }
    return distances;
  }

  private int place(int packet) {
    return Math.min(packet, places.size() - 1);
  }

  /** d. */
  int dimensions() {
    return places.getFirst().dimensions();
  }
}
