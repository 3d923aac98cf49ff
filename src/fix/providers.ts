/**
 * Who provides a file: the recipe in Yocto, which Buildroot mostly calls the same, and Debian's package, null where
 * the file's name alone tells no certain one.
 */
export interface Provider {
  readonly recipe: string;
  readonly debian: string | null;
}

/** Files whose packages are not called like them. Recipes as in OE-core and meta-oe, packages as in Debian. */
const PROVIDERS: readonly (readonly [file: RegExp, recipe: string, debian: string])[] = [
  [/\/openssl\/|\/(?:lib)?(?:openssl|ssl|crypto)\.(?:pc|a|so)/, "openssl", "libssl-dev"],
  [/\/(?:zlib|zconf)\.h$|\/(?:libz|zlib)\.(?:pc|a|so)/, "zlib", "zlib1g-dev"],
  [/\/libpng|\/png\w*\.h$/, "libpng", "libpng-dev"],
  [/\/libxml2?\/|\/libxml/, "libxml2", "libxml2-dev"],
  [/\/expat|\/libexpat/, "expat", "libexpat1-dev"],
  [/\/lzma|\/liblzma/, "xz", "liblzma-dev"],
  [/\/(?:lib)?zstd/, "zstd", "libzstd-dev"],
  [/\/bzlib\.h$|\/(?:lib)?bz(?:ip)?2/, "bzip2", "libbz2-dev"],
  [/\/(?:lib)?sqlite3/, "sqlite3", "libsqlite3-dev"],
  [/\/(?:lib)?curl/, "curl", "libcurl4-openssl-dev"],
  [/\/(?:lib)?ffi/, "libffi", "libffi-dev"],
  [/\/(?:lib)?(?:glib|gio|gobject|gmodule|gthread)-2\.0/, "glib-2.0", "libglib2.0-dev"],
  [/\/(?:lib)?n?curses|\/(?:lib)?tinfo/, "ncurses", "libncurses-dev"],
  [/\/readline\/|\/(?:lib)?readline/, "readline", "libreadline-dev"],
  [/\/(?:lib)?usb-1\.0/, "libusb1", "libusb-1.0-0-dev"],
  [/\/(?:lib)?dbus-1/, "dbus", "libdbus-1-dev"],
  [/\/(?:lib)?(?:systemd|udev)/, "systemd", "libsystemd-dev"],
  [/\/(?:lib)?event(?:2\/|[._-])/, "libevent", "libevent-dev"],
  [/\/(?:lib)?pcre2/, "libpcre2", "libpcre2-dev"],
  [/\/(?:j(?:peglib|config)\.h$|(?:lib)?jpeg)/, "jpeg", "libjpeg-dev"],
  [/\/(?:lib)?elf|\/gelf\.h$/, "elfutils", "libelf-dev"],
  [/\/(?:lib)?git2/, "libgit2", "libgit2-dev"],
  [/\/(?:lib)?gpg-error/, "libgpg-error", "libgpg-error-dev"],
];

/** The provider of a host file's counterpart; null when its name tells none. */
export function providerOf(path: string): Provider | null {
  const known = PROVIDERS.find(([file]) => file.test(path));
  if (known !== undefined) return { recipe: known[1], debian: known[2] };
  const name = /\/([A-Za-z0-9+.-]+?)\.pc$|\/lib([A-Za-z0-9+-]+)\.(?:a|so)/.exec(path);
  const guess = name?.[1] ?? name?.[2];
  return guess === undefined ? null : { recipe: guess.toLowerCase(), debian: null };
}
