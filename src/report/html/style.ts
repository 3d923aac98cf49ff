/** The page's look, in light and in dark; it loads nothing. */
export const STYLE = `:root { color-scheme: light dark; --bad: #b3261e; --odd: #8a5a00; --good: #146c2e; --faint: #6b6b6b; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --odd: #ffcc80; --good: #81c995; --faint: #9e9e9e; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; padding: .6rem .8rem; border: 1px solid; border-radius: 4px; }
h2 { font-size: 1.1rem; margin-top: 2.5rem; }
ul { list-style: none; padding-left: 1.2rem; border-left: 1px solid var(--faint); }
.error { color: var(--bad); } .warning, .mark { color: var(--odd); } .expected { color: var(--good); }
.note, .faint { color: var(--faint); }`;
