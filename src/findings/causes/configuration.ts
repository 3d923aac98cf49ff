import type { Actor } from "../../model/actor.ts";
import { type ByteString, toText } from "../../model/byte-string.ts";
import type { Role } from "../../model/facts.ts";
import type { Leak } from "../../model/leak.ts";
import { baseName, isWithin, normalise } from "../../model/path.ts";
import type { BuildContext } from "../build-context.ts";
import { culpritOf } from "../culprit.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Lineage, lineageOf, placeOf } from "./lineage.ts";
import { lostVariables, unsetAt } from "./lost-variables.ts";
import { neededIn } from "./pkg-config-variables.ts";
import { spellingsOf } from "./spellings.ts";
import { standingOf } from "./standing.ts";
import { wrongVariable } from "./wrong-variable.ts";

/** A build system that takes the target's place from a file of its own rather than from the environment. */
interface Configurator {
  readonly role: Role;
  /** The settings that keep it inside the sysroot. */
  readonly settings: readonly string[];
  /** How its file is given on its command line. */
  readonly fileOption: RegExp;
  readonly file: string;
  /** The variable that may name the file instead. */
  readonly variable: string | null;
  /** True when the same settings confine the pkg-config that it asks, too. */
  readonly confinesPkgConfig: boolean;
}

const CONFIGURATORS: readonly Configurator[] = [
  {
    role: "cmake",
    settings: [
      "CMAKE_SYSROOT",
      "CMAKE_FIND_ROOT_PATH_MODE_LIBRARY",
      "CMAKE_FIND_ROOT_PATH_MODE_INCLUDE",
      "CMAKE_FIND_ROOT_PATH_MODE_PACKAGE",
    ],
    fileOption: /^(?:-D\s*CMAKE_TOOLCHAIN_FILE(?::\w+)?=|--toolchain(?:=|$))(.*)$/,
    file: "toolchain file",
    variable: "CMAKE_TOOLCHAIN_FILE",
    confinesPkgConfig: false,
  },
  {
    role: "meson",
    settings: ["sys_root", "pkg_config_libdir"],
    fileOption: /^--cross-file(?:=|$)(.*)$/,
    file: "cross file",
    variable: null,
    confinesPkgConfig: true,
  },
];

/** Variables by which cmake is sent to search a folder. */
const SEARCHED = [
  "CMAKE_PREFIX_PATH",
  "CMAKE_LIBRARY_PATH",
  "CMAKE_INCLUDE_PATH",
  "OPENSSL_ROOT_DIR",
];

/**
 * Why cmake or meson, or the pkg-config that they asked, looked at the host: their file does not confine them.
 * Null when neither of them is behind the leak.
 */
export function configurationOf(
  leak: Leak,
  context: BuildContext,
  asksOthers = false,
): Diagnosis | null {
  const { actor, path } = leak.sightings[0];
  const tracee = culpritOf(leak);
  const found = configuratorOf(actor, asksOthers);
  if (found === null) return null;
  const lineage = lineageOf(tracee);
  const own = lineage.findIndex(({ program }) => program === found.actor.program);
  const from: Lineage = [lineage[own] ?? lineage[0], ...lineage.slice(own + 1)];
  const { configurator } = found;
  const sent = asksOthers ? null : sentThere(from, context.paths.text(path));
  return sent ?? unconfined(configurator, from, context, asksOthers ? tracee : null);
}

function configuratorOf(
  actor: Actor,
  asksOthers: boolean,
): { readonly configurator: Configurator; readonly actor: Actor } | null {
  for (let at: Actor | null = actor; at !== null; at = asksOthers ? at.parent : null) {
    const { role } = at;
    const configurator = CONFIGURATORS.find((each) => each.role === role);
    if (configurator !== undefined) return { configurator, actor: at };
    if (role === "cargo" || role === "build-script") return null;
  }
  return null;
}

/** A folder that a variable or -D sent it to. */
function sentThere(lineage: Lineage, asked: ByteString): Diagnosis | null {
  const [{ environment, argv }] = lineage;
  for (const [name, value] of environment?.variables ?? []) {
    if (!SEARCHED.includes(name) && !/_(?:ROOT|DIR)$/.test(name)) continue;
    if (/^(?:OUT_DIR|CARGO_|STAGING_|SYSROOT|PKG_CONFIG)/.test(name)) continue;
    const element = value.split(/[:;]/).find((each) => leadsTo(each, asked));
    if (element !== undefined) return wrongVariable("stray-flag", lineage, name, value, element);
  }
  for (const word of argv ?? []) {
    const value = /^-D\s*[\w]+(?::\w+)?=(.*)$/.exec(word)?.[1] ?? "";
    if (!value.split(";").some((each) => leadsTo(each, asked))) continue;
    const flag = toText(word);
    return {
      kind: "stray-flag",
      key: `flag ${word}`,
      title: `${flag} sends cmake to the build host`,
      variables: [],
      flags: [{ flag, at: placeOf(lineage[0]) }],
    };
  }
  return null;
}

/** Narrow enough to be meant: `/usr` and above hold every file of a host. */
function leadsTo(folder: ByteString, path: ByteString): boolean {
  return /^\/[^/]+\/./.test(folder) && isWithin(path, normalise(folder));
}

function unconfined(
  configurator: Configurator,
  lineage: Lineage,
  context: BuildContext,
  asked: Lineage[0] | null,
): Diagnosis {
  const { settings, fileOption, file, variable, role } = configurator;
  const [tracee] = lineage;
  const given = fileIn(tracee.argv ?? [], fileOption);
  if (given === null && variable !== null) {
    const spellings = spellingsOf(variable, lineage, context.layout.target);
    const lost = lostVariables(
      lineage,
      new Map([[variable, standingOf(lineage, variable, spellings)]]),
    );
    if (lost !== null) return lost;
  }
  const name =
    given === null || (tracee.argvTruncated && !/\.(?:cmake|ini|txt|toml)$/.test(given))
      ? ""
      : baseName(given);
  const named = name === "" ? "" : ` (${toText(name)})`;
  // What the file says is in no trace: that its settings lack is known of those alone whose effect was missed.
  const areKept = asked !== null && given !== null && !configurator.confinesPkgConfig;
  const { isBesideHosts } = context;
  const whose = isBesideHosts ? "the target's folders" : "the sysroot";
  const missing =
    areKept || isBesideHosts
      ? []
      : settings.filter((name) => !(tracee.argv ?? []).some((word) => word.includes(`${name}=`)));
  return {
    kind: "missing-flag",
    key: `unconfined ${role} ${name}`,
    title:
      given === null && tracee.argv !== null
        ? `${role} searched the build host: no ${file} was given`
        : areKept
          ? `${role} asked pkg-config, which searched the build host: its ${file}${named} does not lead pkg-config to ${whose}`
          : `${role} searched the build host: its ${file}${named} does not confine it to ${whose}`,
    variables: asked === null ? [] : neededIn(context).map((name) => unsetAt(name, [asked])),
    flags: missing.map((flag) => ({ flag, at: placeOf(tracee) })),
  };
}

function fileIn(argv: readonly ByteString[], option: RegExp): ByteString | null {
  for (const [at, word] of argv.entries()) {
    const value = option.exec(word)?.[1];
    if (value !== undefined) return value === "" ? (argv[at + 1] ?? "") : value;
    if (word === "-D" && option.test(`-D${argv[at + 1] ?? ""}`)) {
      return option.exec(`-D${argv[at + 1] ?? ""}`)?.[1] ?? "";
    }
  }
  return null;
}
