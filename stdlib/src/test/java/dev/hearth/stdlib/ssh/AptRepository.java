package dev.hearth.stdlib.ssh;

/** A repository in a copy of this machine, for its own apt. */
final class AptRepository {
  /** Makes it the only one: it has the package {@code hearth-probe}, in versions 1.0 and 2.0. */
  static final String SCRIPT =
      """
      set -e; mkdir -p /srv/repo; cd /srv/repo; rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*
      for v in 1.0 2.0; do
        mkdir -p b/DEBIAN
        printf 'Package: hearth-probe\\nVersion: %s\\nArchitecture: all\\nMaintainer: Nobody <n@example.org>\\nDescription: a probe\\n' $v >b/DEBIAN/control
        dpkg-deb -b b hearth-probe_$v.deb >/dev/null
        cat b/DEBIAN/control >>Packages
        printf 'Filename: ./hearth-probe_%s.deb\\nSize: %s\\nSHA256: %s\\n\\n' $v "$(stat -c %s hearth-probe_$v.deb)" "$(sha256sum <hearth-probe_$v.deb | cut -d' ' -f1)" >>Packages
      done
      echo 'deb [trusted=yes] file:/srv/repo ./' >/etc/apt/sources.list
      """;

  private AptRepository() {}
}
