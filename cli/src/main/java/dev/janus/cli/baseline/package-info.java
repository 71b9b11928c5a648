/**
 * Controls fitted, scored and evaluated on a data set as a model would be: same split, same
 * metrics. The command {@code baseline} calls it.
 */
package dev.janus.cli.baseline;
