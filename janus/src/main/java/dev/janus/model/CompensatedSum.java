package dev.janus.model;

/**
 * Neumaier's compensated summation: the error does not grow with the number of terms, so statistics
 * over millions of packets are as exact as over a hundred.
 */
final class CompensatedSum {
  private double sum;
  private double lost;

  void add(double term) {
    double next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }

  double value() {
    return sum + lost;
  }
}
