/** The thread team that runs the chunks of a step. Called by training and scoring. */
package dev.janus.engine.parallel;
