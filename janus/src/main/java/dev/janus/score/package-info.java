/**
 * From a trained model and flows to ten scores, five measures and three verdicts, each a distance
 * and a p-value. Embedders call it; loading and scoring use no third-party code.
 */
package dev.janus.score;
