import { spawn } from "node:child_process";

/**
 * Ends a build whose hostbleed was killed: strace would go on, and complain on stderr at each line that nobody
 * reads. It blocks the signals that could end it, so that its tracees are what must be killed.
 */
const SCRIPT = `
read -r word && exit
while pids=$(grep -ls "^TracerPid:[[:space:]]*$1$" /proc/[0-9]*/status | cut -d/ -f3) && [ -n "$pids" ]; do
	kill -KILL $pids
	sleep 0.1
done
rm -rf "$2"
`;

/**
 * Has a shell wait for the end of this process, in a session of its own; the returned function sends it home.
 * @param folder what is removed then, beside the build
 */
export function guard(tracer: number, folder: string): () => void {
  const shell = spawn("sh", ["-c", SCRIPT, "sh", `${tracer}`, folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  return () => {
    shell.stdin.end("over\n");
  };
}
