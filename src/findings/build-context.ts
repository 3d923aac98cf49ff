import type { Actor } from "../model/actor.ts";
import type { ByteString } from "../model/byte-string.ts";
import type { Side, Zone } from "../model/facts.ts";
import type { PathId, PathTable } from "../model/path-table.ts";
import type { Work } from "../model/sighting.ts";
import type { Roots } from "./fingerprint.ts";
import type { PrintedFlags } from "./printed-flags.ts";

/** What the explanation of leaks asks of the stages before it. */
export interface BuildContext {
  readonly paths: PathTable;
  readonly layout: Roots & { readonly target: string | null };
  /** True where the target's packages lie beside the host's, as in Debian's multiarch root. */
  readonly isBesideHosts: boolean;
  zoneOf(path: ByteString): Zone;
  sideOf(actor: Actor): Side;
  /** Base names from the root of the build to the actor. */
  chainOf(actor: Actor): readonly ByteString[];
  /** Every actor of the trace, in the order of the log. */
  actors(): Iterable<Actor>;
  /** The symlink of a sysroot that leads to `path` or to a folder above it; null when the trace shows none read. */
  linkTo(path: ByteString): { readonly link: ByteString; readonly target: ByteString } | null;
  /** All files that the trace saw written, each with the work that wrote it last. */
  products(): Iterable<readonly [PathId, Work]>;
  readonly printed: PrintedFlags;
}
