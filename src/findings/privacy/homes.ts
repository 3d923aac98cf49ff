/** What homes and the people who live there are called in some texts. */
export interface Names {
  /** Whole paths, longest first. */
  readonly homes: readonly string[];
  readonly users: readonly string[];
}

/** Names from texts that are paths and nothing else: there, a blank belongs to a name. */
export function namesIn(paths: Iterable<string>): Names {
  const homes = new Set<string>();
  const users = new Set<string>();
  for (const path of paths) {
    const [home = "", user = ""] = /\/(?:home|Users)\/([^/]+)/.exec(path) ?? [];
    if (home === "" || homes.has(home)) continue;
    homes.add(home);
    if (isPersonal(user)) users.add(user);
  }
  return {
    homes: [...homes].sort((a, b) => b.length - a.length),
    users: [...users].sort((a, b) => b.length - a.length),
  };
}

/** A text with `$HOME` for homes, and `$USER` for the names of their users wherever they stand as words. */
export function homeless(text: string, { homes, users }: Names = { homes: [], users: [] }): string {
  let rest = text;
  for (const home of homes) rest = rest.replaceAll(`${home}/`, "$HOME/");
  const learned = new Set(users);
  rest = rest.replace(HOME, (_, user: string) => {
    if (isPersonal(user)) learned.add(user);
    return "$HOME";
  });
  rest = rest.replace(HOME_OF_ROOT, "$1$HOME");
  for (const user of learned) if (rest.includes(user)) rest = rest.replace(wordOf(user), "$USER");
  return rest;
}

const HOME = /\/(?:home|Users)\/([^/\s:;,"'`<>()[\]=&|]+)/g;
const HOME_OF_ROOT = /(^|[^\w./+~-]|-{1,2}[\w-]*)\/root(?=$|[^\w.+~-])/g;

function wordOf(user: string): RegExp {
  const literal = user.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "gu");
}

/** Names of nobody: replacing `build` or `root` in every text would tell nothing and break much. */
const NOBODY: ReadonlySet<string> = new Set(
  "admin app bitbake build builder buildbot buildroot ci circleci debian dev developer docker fedora git gitlab-runner jenkins lib linux linuxbrew node oe opt pi root runner src target test ubuntu usr user vagrant work worker yocto".split(
    " ",
  ),
);

function isPersonal(user: string): boolean {
  return user.length > 2 && !user.startsWith("$") && !NOBODY.has(user.toLowerCase());
}
