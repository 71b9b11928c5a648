/**
 * Counter-based random numbers: every value is a pure function of a key and an index, so results do
 * not depend on threads or order. Called by training and scoring.
 */
package dev.janus.engine.random;
