package dev.janus.bench.machine;

import dev.janus.bench.duel.Contender;

/**
 * A kernel at a size of the model, with the least it has to do.
 *
 * @param contender its name and a run of it
 * @param operations arithmetic operations on single elements, a multiply-add or any other vector
 *     instruction counting as one; division and root count as one as well although they take longer
 * @param bytes bytes of operands and results, each counted once in each direction
 * @param workingSet bytes of memory they lie in
 */
record OperatorCase(Contender contender, double operations, double bytes, double workingSet) {}
