// Where Docker comes from on each distribution: what `installDocker` knows, and all of it.

/** Docker's own packages; the version counts for the first two. */
const OWN = ['docker-ce', 'docker-ce-cli', 'containerd.io', 'docker-buildx-plugin', 'docker-compose-plugin'];

/** What the packages of one cannot stand beside. */
const BEFORE_DOCKERS_APT = ['docker.io', 'docker-doc', 'docker-compose', 'docker-compose-v2', 'podman-docker', 'containerd', 'runc'];
const BEFORE_DOCKERS_RPM = [
  'docker', 'docker-client', 'docker-client-latest', 'docker-common', 'docker-latest', 'docker-latest-logrotate',
  'docker-logrotate', 'docker-engine', 'docker-selinux', 'docker-engine-selinux', 'moby-engine', 'podman-docker', 'runc',
];
const OWN_ROOTLESS = ['docker-ce-rootless-extras'];

const apt = (distribution) => ({
  manager: 'apt',
  repository: `https://download.docker.com/linux/${distribution}`,
  key: '9DC858229FC7DD38854AE2D88D81803C0EBFCD88',
  packages: OWN,
  conflicts: BEFORE_DOCKERS_APT,
  rootless: [...OWN_ROOTLESS, 'uidmap', 'dbus-user-session', 'slirp4netns'],
});

const rpm = (distribution) => ({
  manager: 'dnf',
  repository: `https://download.docker.com/linux/${distribution}`,
  key: '060A61C51B558A7F742B77AAC52FEB6B621E9F35',
  packages: OWN,
  conflicts: BEFORE_DOCKERS_RPM,
  rootless: [...OWN_ROOTLESS, 'shadow-utils', 'slirp4netns'],
});

/** Docker's own packages, by the `ID` of os-release. */
export const DOCKERS = Object.freeze({
  debian: apt('debian'),
  raspbian: apt('raspbian'),
  ubuntu: apt('ubuntu'),
  fedora: rpm('fedora'),
  rhel: rpm('rhel'),
  centos: rpm('centos'),
  rocky: rpm('centos'),
  almalinux: rpm('centos'),
  ol: rpm('centos'),
});

/** The distributions' own, by package manager, and by `ID` where it differs. */
export const DISTRIBUTIONS = Object.freeze({
  apt: { manager: 'apt', packages: ['docker.io'], conflicts: ['docker-ce', 'docker-ce-cli', 'containerd.io', 'podman-docker'], rootless: null },
  apk: { manager: 'apk', packages: ['docker', 'docker-cli-compose', 'docker-cli-buildx'], conflicts: ['podman-docker'], rootless: null },
  pacman: { manager: 'pacman', packages: ['docker', 'docker-compose', 'docker-buildx'], conflicts: ['podman-docker'], rootless: null },
  zypper: { manager: 'zypper', packages: ['docker', 'docker-compose', 'docker-buildx'], conflicts: ['podman-docker'], rootless: ['docker-rootless-extras'] },
  fedora: { manager: 'dnf', packages: ['moby-engine', 'docker-compose', 'docker-buildx'], conflicts: ['docker-ce', 'docker-ce-cli', 'podman-docker'], rootless: null },
  amzn: { manager: 'dnf', packages: ['docker'], conflicts: ['podman-docker'], rootless: null },
});
