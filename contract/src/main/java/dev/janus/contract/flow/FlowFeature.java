package dev.janus.contract.flow;

/** The twenty flow features, in column order (method, section 3). */
public enum FlowFeature {
  LOG_N("log_n"),
  LOG_BYTES("log_bytes"),
  LOG_DUR_US("log_dur_us"),
  SIZE_MEAN("size_mean"),
  SIZE_STD("size_std"),
  SIZE_MIN("size_min"),
  SIZE_MAX("size_max"),
  LOGIAT_MEAN("logiat_mean"),
  LOGIAT_STD("logiat_std"),
  LOGIAT_MAX("logiat_max"),
  REV_PKT_FRAC("rev_pkt_frac"),
  REV_BYTE_FRAC("rev_byte_frac"),
  LOG_PPS("log_pps"),
  LOG_BPS("log_bps"),
  LOGWIN_MEAN("logwin_mean"),
  SYN_FRAC("syn_frac"),
  ACK_FRAC("ack_frac"),
  FIN_FRAC("fin_frac"),
  RST_FRAC("rst_frac"),
  PSH_FRAC("psh_frac");

  /** Number of features. */
  public static final int COUNT = values().length;

  private final String column;

  FlowFeature(String column) {
    this.column = column;
  }

  /** Column name in {@code flow_features.parquet}. */
  public String column() {
    return column;
  }
}
