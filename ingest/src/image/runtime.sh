#!/usr/bin/env bash
# Makes what lies below Vellum in its container image: a Java runtime, and what that is linked with.
#
#   runtime.sh JAVA_HOME BASE USER OUT
#
# OUT/runtime   goes to /opt/java: the modules that Vellum uses, taken from that JDK
# OUT/system    goes to /: the C library and the few others that Java and Vellum's native libraries are linked with, copied
#               from this machine to where they are here; their licences; the user; empty directories for data and
#               temporary files
#
# On another BASE than "scratch", which has a Java and a C library, only the empty directories are made. What was
# made of the same parts before is left as it is.
set -euo pipefail

java_home=$1 base=$2 user=$3 out=$4

# What the class files of Vellum and its libraries need, and what is found by name: elliptic curves for TLS,
# PKCS#11 tokens, zip files, the numbers that /metrics shows of the JVM, a compiler (for Chronicle's
# generated methods). No java.desktop: what of it some library can use, Vellum does not ask for.
modules=java.base,java.compiler,java.instrument,java.logging,java.management,java.naming,java.net.http
modules+=,java.rmi,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.attach,jdk.charsets,jdk.compiler
modules+=,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

# The parts of the C library that native libraries in jars name, which no file of the runtime does.
by_name=(libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libutil.so.1 libresolv.so.2 libnss_dns.so.2
  libnss_files.so.2 libgcc_s.so.1 libstdc++.so.6 libz.so.1)

# Files that a program is linked with, outside of the runtime, one a line.
linked() {
  find "$out/runtime/bin/java" "$out/runtime/lib" -type f \( -name '*.so' -o -name java -o -name jspawnhelper \) \
    -exec ldd {} + 2>/dev/null |
    sed -n -e 's/^.* => \(\/[^ ]*\) (.*$/\1/p' -e 's/^[[:space:]]*\(\/[^ ]*\) (.*$/\1/p' |
    grep -v -F "$out/" | sort -u
}

copy() {
  mkdir -p "$out/system$(dirname "$1")"
  cp -L "$1" "$out/system$1"
}

parts() {
  cat "$0" "$java_home/release"
  printf '%s\n' "$base" "$user"
  if [[ $base == scratch ]]; then ldd --version; fi
}

stamp=$(parts | sha256sum)
[[ ! -f $out/stamp || $(<"$out/stamp") != "$stamp" ]] || exit 0
rm -rf "$out"
mkdir -p "$out/runtime" "$out/system/tmp" "$out/system/var/lib/vellum"

if [[ $base == scratch ]]; then
  rmdir "$out/runtime"
  "$java_home/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --output "$out/runtime"
  # Authorities that this JDK believes; distributions keep them elsewhere and link to them.
  if [[ ! -f $out/runtime/lib/security/cacerts && -r $java_home/lib/security/cacerts ]]; then
    cp -L "$java_home/lib/security/cacerts" "$out/runtime/lib/security/cacerts"
  fi
  libraries=$(linked)
  where=$(dirname "$(grep '/libc\.so\.6$' <<<"$libraries")")
  for name in "${by_name[@]}"; do
    if [[ -f $where/$name ]]; then libraries+=$'\n'$where/$name; fi
  done
  while read -r library; do copy "$library"; done < <(sort -u <<<"$libraries")
  for package in libc6 libgcc-s1 libstdc++6 zlib1g; do
    if [[ -f /usr/share/doc/$package/copyright ]]; then copy "/usr/share/doc/$package/copyright"; fi
  done
  mkdir "$out/system/etc"
  printf 'root:x:0:0::/:/sbin/nologin\nvellum:x:%s:%s::/var/lib/vellum:/sbin/nologin\n' "$user" "$user" \
    >"$out/system/etc/passwd"
  printf 'root:x:0:\nvellum:x:%s:\n' "$user" >"$out/system/etc/group"
  printf 'hosts: files dns\n' >"$out/system/etc/nsswitch.conf"
fi
printf '%s' "$stamp" >"$out/stamp"
