#!/usr/bin/env bash
# Extracts the small public detection tasks, labelled, each into a folder of its own, and prints how
# many flows have which label. Trains and scores nothing: the configurations of the same names say
# which flows take part and what trains.
#   bench/public-tasks.sh FOLDER_OF_CAPTURES OUT [TASK...]     default: every task
# configs/datasets/public-tasks.csv says where each capture comes from, with its SHA-256, and the README
# beside it how the flow labels of Modbus and DNP3 were made.
# FOLDER_OF_CAPTURES holds modbus/, dnp3/, doh_tunnel/, iot_sentinel/, attacks/, http_slow/, ftp_brute/
# and dns_tunnel/. Then, for example:
#   bin/janus baseline all --config configs/public-modbus_seed42.yaml --data OUT/modbus --out OUT/controls/modbus
#   bin/janus train --config configs/public-modbus_seed42.yaml --data OUT/modbus --out OUT/models/modbus
#   bin/janus eval --model OUT/models/modbus --data OUT/modbus --out OUT/results/modbus
# dns-tunnel holds two tasks: configs/public-dns-tunnel_seed42.yaml and configs/public-dns-tunnel-small_seed42.yaml.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ $# -lt 2 ]; then
  sed -n '2,/^set/p' "${BASH_SOURCE[0]}" | sed '$d; s/^# \{0,1\}//' >&2
  exit 64
fi
captures=$1
out=$2
shift 2
tasks=("$@")
[ $# -gt 0 ] || tasks=(modbus dnp3 doh-tunnel iot-novelty iot-attacks http-slow ftp-brute dns-tunnel)

extract() {
  local task=$1
  shift
  echo "== $task"
  "$here/bin/janus" extract --quiet --overwrite --dataset "$here/configs/datasets/public-$task.yaml" \
    --out "$out/$task" "$@"
}

for task in "${tasks[@]}"; do
  case $task in
    modbus) extract modbus --pcap "$captures"/modbus/*.pcap --labels "$captures/modbus" ;;
    dnp3) extract dnp3 --pcap "$captures"/dnp3/*.pcap --labels "$captures/dnp3" ;;
    doh-tunnel) extract doh-tunnel --pcap "$captures/doh_tunnel" ;;
    iot-novelty) extract iot-novelty --pcap "$captures/iot_sentinel" ;;
    iot-attacks) extract iot-attacks --pcap "$captures/iot_sentinel" "$captures/attacks" ;;
    http-slow) extract http-slow --pcap "$captures/http_slow" ;;
    ftp-brute) extract ftp-brute --pcap "$captures/ftp_brute" ;;
    # Its benign capture is out of order: left so, gaps of 0 would give benign flows away.
    dns-tunnel) extract dns-tunnel --active-timeout 1 --reorder 20000 --pcap "$captures/dns_tunnel" ;;
    *)
      echo "public-tasks.sh: there is no task '$task'" >&2
      exit 64
      ;;
  esac
done
