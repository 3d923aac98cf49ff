/** One system call of the simulated build, in the words of a dialect but without its leader. */
export interface Call {
  readonly name: string;
  /** Arguments that strace prints when the call begins. */
  readonly entry: string;
  /** Arguments that it prints when the call ends. */
  readonly exit: string;
  readonly result: string;
}

/** What a simulated process asks of the scheduler. */
export type Step =
  | { readonly what: "call"; readonly call: Call }
  | { readonly what: "fork"; readonly how: "vfork" | "clone"; readonly child: Script }
  | { readonly what: "wait" }
  /** Output of the traced program, for logs that share its stderr. */
  | { readonly what: "say"; readonly text: string };

/** The life of one process, step by step; it ends with its exit. */
export type Script = Generator<Step, void, void>;
