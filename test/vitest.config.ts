import { defineConfig } from "vitest/config";

export default defineConfig({
  // clipanion's "main" has no extension: Node takes its .js, Vite would take an .mjs that Node cannot load.
  resolve: { extensions: [".js", ".ts", ".json"] },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
  },
});
