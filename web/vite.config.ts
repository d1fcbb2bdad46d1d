import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { mockServer } from "./mock/plugin.ts";

/** Where `proscenium serve` listens; only the dev server uses it. */
const api = process.env.PROSCENIUM_URL ?? "http://127.0.0.1:7777";
const mocked = process.env.MOCK === "1";

export default defineConfig(({ command }) => ({
  plugins: [react(), tailwindcss(), ...(command === "serve" && mocked ? [mockServer()] : [])],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    host: "127.0.0.1",
    proxy: mocked ? undefined : { "/api": { target: api, ws: true, changeOrigin: true } },
  },
  build: {
    target: "es2022",
    // Inlined assets would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
}));
