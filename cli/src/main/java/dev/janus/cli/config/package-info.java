/** YAML configurations and data set descriptions, read with file, line and column of every key. */
package dev.janus.cli.config;
