/** Every file the product writes, as a table of rows. */
package dev.janus.cli.show;
