import { shown } from "../quoted.ts";

const STORED = /\/(nix|gnu)\/store\/[a-z0-9]{32}-([^/]+)/;

/**
 * Nix and Guix build a package once for each machine; which of them a build gets, the kind of input says. Null for what
 * lies in no store.
 */
export function storePackage(text: string): string | null {
  const [, store, name] = STORED.exec(text) ?? [];
  if (name === undefined) return null;
  const inputs =
    store === "nix"
      ? "buildInputs brings the target's, nativeBuildInputs and depsBuildBuild this one"
      : "inputs brings the target's, native-inputs this one";
  return `${shown(name)} was built for the build machine: ${inputs}`;
}
