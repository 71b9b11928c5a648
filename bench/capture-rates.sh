#!/usr/bin/env bash
# Measures how fast a capture is read, side by side: the stages of extraction within one process;
# janus extract (which writes files besides), tcpdump, a libpcap loop in C and tshark on the same
# file, which is read once before so that it lies in the page cache; and extraction of captures 10
# and 100 times shorter, for its memory, with a heap of 160 MiB at most. Prints Markdown tables. Own
# memory is what cannot be dropped (heap, stacks, buffers); all memory counts mapped files too.
#   bench/capture-rates.sh [PACKETS] [FOLDER]     default: 50,000,000 packets, a temporary folder
# Needs 110 bytes of disk a packet for the capture and 60 more for the store. tcpdump, tshark, a C
# compiler and libpcap's headers are used where they are; tshark reads the first million packets.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
packets=${1:-50000000}
folder=${2:-}
if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
capture=$folder/synthetic-$packets.pcap
[ -s "$capture" ] || "$here/bin/bench" capture "$packets" "$capture" >&2

# Runs a command with all its threads on one core; sets seconds and the most memory (own and all, in
# MiB) of any of its processes that replaces another (launchers end with exec).
measure() {
  local start end peak=0 peak_own=0 now now_own
  start=$(date +%s.%N)
  taskset -c 0 "$@" >"$folder/out" 2>"$folder/err" &
  local pid=$!
  while kill -0 $pid 2>/dev/null; do
    read -r now now_own < <(awk '/^VmHWM/ { a = $2 } /^RssAnon/ { b = $2 } END { print a + 0, b + 0 }' \
      /proc/$pid/status 2>/dev/null) || true
    [ "${now:-0}" -gt "$peak" ] && peak=$now
    [ "${now_own:-0}" -gt "$peak_own" ] && peak_own=$now_own
    sleep 0.05
  done
  wait $pid || { echo "failed: $*" >&2; cat "$folder/err" >&2; exit 1; }
  end=$(date +%s.%N)
  seconds=$(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.2f", b - a }')
  memory=$((peak / 1024))
  own=$((peak_own / 1024))
}
row() {
  awk -v name="$1" -v n="$2" -v s="$seconds" -v o="$own" -v m="$memory" \
    'BEGIN { printf "| %s | %s | %.2f | %d | %d |\n", name, s, n / s / 1e6, o, m }'
}

cat "$capture" >/dev/null
taskset -c 0 "$here/bin/bench" extraction "$capture"
echo
echo "$packets packets, $(stat -c %s "$capture") bytes, one core"
echo
echo "| reader | seconds | M packets/s | peak MiB, own | peak MiB, all |"
echo "|---|---|---|---|---|"
for part in 1 10 100; do
  count=$((packets / part))
  part_capture=$folder/synthetic-$count.pcap
  [ -s "$part_capture" ] || "$here/bin/bench" capture "$count" "$part_capture" >&2
  rm -rf "$folder/store"
  JANUS_JAVA_OPTIONS=-Xmx160m measure "$here/bin/janus" extract --pcap "$part_capture" \
    --layout store --out "$folder/store" --jobs 1
  row "janus extract, $count packets" "$count"
  rm -rf "$folder/store"
done
measure "$here/bin/janus" inspect "$capture"
row "janus inspect" "$packets"
if command -v tcpdump >/dev/null; then
  measure tcpdump -nn -r "$capture" -w /dev/null
  row "tcpdump -w /dev/null" "$packets"
fi
if command -v cc >/dev/null && echo '#include <pcap.h>' | cc -E - >/dev/null 2>&1; then
  cat >"$folder/loop.c" <<'C'
#include <pcap.h>
#include <stdio.h>
static unsigned long packets, bytes;
static void count(unsigned char *u, const struct pcap_pkthdr *h, const unsigned char *p) {
  (void)u; packets++; bytes += h->len + p[14 + 9];
}
int main(int argc, char **argv) {
  char error[PCAP_ERRBUF_SIZE];
  pcap_t *in = pcap_open_offline(argv[argc - 1], error);
  if (!in) { fprintf(stderr, "%s\n", error); return 1; }
  pcap_loop(in, -1, count, NULL);
  printf("%lu packets, %lu\n", packets, bytes);
  return 0;
}
C
  cc -O2 -o "$folder/loop" "$folder/loop.c" -lpcap
  measure "$folder/loop" "$capture"
  row "libpcap loop in C" "$packets"
fi
if command -v tshark >/dev/null; then
  first=$((packets < 1000000 ? packets : 1000000))
  measure tshark -n -q -z conv,tcp -c "$first" -r "$capture"
  row "tshark -z conv,tcp, first $first" "$first"
fi
