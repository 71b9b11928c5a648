/**
 * Fetches published files over HTTPS: resumes what was cut, tries again with pauses, takes no byte
 * more than was announced and gives a file its name only when it is whole and its checksum right.
 */
package dev.janus.cli.download;
