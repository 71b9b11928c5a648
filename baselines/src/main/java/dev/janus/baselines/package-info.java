/**
 * Detectors that JANUS is compared with: they fit on the same benign training flows and score the
 * same flows. The command line calls them; nothing else does.
 */
package dev.janus.baselines;
