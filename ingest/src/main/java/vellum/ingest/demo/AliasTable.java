package vellum.ingest.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** Draws indexes by weight in constant time (Vose's alias method). Immutable. */
final class AliasTable {

  private final double[] stays;
  private final int[] aliases;

  AliasTable(double[] weights) {
    int n = weights.length;
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double[] scaled = new double[n];
    Deque<Integer> small = new ArrayDeque<>();
    Deque<Integer> large = new ArrayDeque<>();
    for (int i = 0; i < n; i++) {
      scaled[i] = weights[i] * n / sum;
      (scaled[i] < 1 ? small : large).push(i);
    }
    stays = new double[n];
    aliases = new int[n];
    while (!small.isEmpty() && !large.isEmpty()) {
      int low = small.pop();
      int high = large.pop();
      stays[low] = scaled[low];
      aliases[low] = high;
      scaled[high] -= 1 - scaled[low];
      (scaled[high] < 1 ? small : large).push(high);
    }
    small.forEach(i -> stays[i] = 1);
    large.forEach(i -> stays[i] = 1);
  }

  int draw(Dice dice) {
    int i = dice.below(stays.length);
    return dice.unit() < stays[i] ? i : aliases[i];
  }
}
