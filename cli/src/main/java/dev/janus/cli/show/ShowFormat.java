package dev.janus.cli.show;

/** How rows are printed. */
public enum ShowFormat {
  TABLE,
  CSV,
  JSONL
}
