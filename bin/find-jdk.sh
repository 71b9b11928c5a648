# shellcheck shell=sh
# Sourced by build and bin/janus: janus_find_jdk prints the home of a JDK 25 or fails with one sentence.
# POSIX sh.

janus_is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in 'JAVA_VERSION="25.'* | 'JAVA_VERSION="25"'*) return 0 ;; esac
  done <"$1/release"
  return 1
}

janus_find_jdk() {
  if [ -n "${JANUS_JAVA_HOME:-}" ] && ! janus_is_jdk25 "$JANUS_JAVA_HOME"; then
    echo "janus: JANUS_JAVA_HOME=$JANUS_JAVA_HOME is not the folder of a JDK 25 (bin/javac and a release file that says 25); correct or unset it." >&2
    return 1
  fi
  for home in "${JANUS_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
    if [ -n "$home" ] && janus_is_jdk25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  javac=$(command -v javac || true)
  if [ -n "$javac" ]; then
    javac=$(readlink -f "$javac" 2>/dev/null || printf '%s' "$javac")
    home=${javac%/bin/javac}
    if janus_is_jdk25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  fi
  for home in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/local/java/* /opt/java/* /opt/jdk* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if janus_is_jdk25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  echo "janus: no JDK 25 found in JANUS_JAVA_HOME, JAVA_HOME, the PATH or the usual folders; install one (for example Temurin 25 from adoptium.net) and set JANUS_JAVA_HOME to its folder." >&2
  return 1
}
