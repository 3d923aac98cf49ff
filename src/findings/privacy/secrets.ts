import { MASK } from "../../model/secret.ts";

/** True for the name of a variable, option or header whose value is nobody's business. */
export function isSecretName(name: string): boolean {
  return SECRET_NAMES.some((pattern) => pattern.test(name));
}

const SECRET_NAMES: readonly RegExp[] = [
  /(?:token|secret|passw(?:or)?d|passphrase|credential|cookie)s?(?![a-z])/i,
  /(?:api|access|auth|private|secret|signing|deploy|encryption|account)[-_.]?key/i,
  /(?:^|[-_.])(?:pass|pw|auth|authorization|sig|signature)$/i,
  /^(?:-D)?AWS_/,
];

/** A text without the passwords and tokens that its URLs, assignments and headers hold. */
export function withoutSecrets(text: string): string {
  let rest = text;
  // Most words of a command line have none of these marks, and some have two million letters.
  if (rest.includes("://")) rest = rest.replace(USER_INFO, `$1${MASK}@`);
  if (rest.includes("=")) rest = withoutAssigned(rest);
  if (rest.includes(": ")) rest = rest.replace(HEADER, `$1: ${MASK}`);
  return rest.replace(SCHEME, `$1 ${MASK}`).replace(TOKEN, MASK);
}

/** `NAME=value` with a mask for the value, wherever in the text it stands. */
function withoutAssigned(text: string): string {
  let masked = "";
  let from = 0;
  for (let at = text.indexOf("="); at >= 0; at = text.indexOf("=", at + 1)) {
    if (at < from) continue;
    const [name = ""] = NAME.exec(text.slice(Math.max(from, at - LONGEST_NAME), at)) ?? [];
    if (!isSecretName(name)) continue;
    VALUE.lastIndex = at + 1;
    const value = VALUE.exec(text)?.[0] ?? "";
    if (value === "") continue;
    masked += text.slice(from, at + 1) + MASK;
    from = at + 1 + value.length;
  }
  return masked + text.slice(from);
}

/** `https://user:token@host`; everybody's `git@` is no secret. Bounded, so that no text makes the search slow. */
const USER_INFO = /([a-z][a-z0-9+.-]{0,20}:\/\/)(?!git@)[^\s/@'"]{1,500}@/gi;
const LONGEST_NAME = 80;
const NAME = /[A-Za-z][\w.-]*$/;
const VALUE = /"[^"]*"?|'[^']*'?|[^\s'"&;|<>()]+/y;
const HEADER =
  /\b((?:proxy-)?authorization|[\w-]{0,40}(?:token|key|cookie|secret|password)): [^'"\r\n]+/gi;
const SCHEME = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/g;
/** Tokens that tell their issuer: GitHub, GitLab, Slack, npm, PyPI, crates.io, AWS, Google, and JSON Web Tokens. */
const TOKEN =
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|gl[a-z]{2,5}-[\w-]{16,}|xox[abprs]-[\w-]{10,}|npm_\w{30,}|pypi-[\w-]{20,}|cio\w{32}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)/g;

/** A command line without secrets, those that follow an option as the next word included. */
export function argvWithoutSecrets(argv: readonly string[]): readonly string[] {
  return argv.map((word, at) => wordWithoutSecrets(word, argv[at - 1] ?? ""));
}

function wordWithoutSecrets(word: string, before: string): string {
  if (/^-{1,2}[A-Za-z]/.test(before) && !before.includes("=")) {
    if (isSecretName(before) && !word.startsWith("-")) return MASK;
    if (/^(?:-[uU]|--(?:proxy-)?user)$/.test(before)) return word.replace(/:.*/s, `:${MASK}`);
    const header = /^(?:-H|--header)$/.test(before) ? /^([\w-]+):/.exec(word) : null;
    if (header !== null && isSecretName(header[1] ?? "")) return `${header[0]} ${MASK}`;
  }
  const [assigned = ""] = /^(?:-{0,2}[A-Za-z][\w.-]{0,80}=){1,4}/.exec(word) ?? [];
  const name = assigned.split("=").at(-2) ?? "";
  if (word !== assigned && isSecretName(name)) return assigned + MASK;
  return withoutSecrets(word);
}
