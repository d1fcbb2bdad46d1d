// Bundles the extension into dist/, which a browser loads unpacked.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

await rm(at("dist"), { recursive: true, force: true });
await mkdir(at("dist/icons"), { recursive: true });
await build({
  entryPoints: {
    background: at("src/background/main.ts"),
    content: at("src/content/main.ts"),
    popup: at("src/ui/popup.ts"),
    options: at("src/ui/options.ts"),
    style: at("src/ui/style.css"),
  },
  outdir: at("dist"),
  bundle: true,
  format: "iife",
  platform: "browser",
  target: "chrome127",
  charset: "utf8",
  legalComments: "none",
  // Readable on purpose: people and stores look into what an extension does.
  minify: false,
  alias: { "@": at("../web/src") },
});
for (const page of ["popup.html", "options.html"]) await cp(at(`src/ui/${page}`), at(`dist/${page}`));
await cp(at("icons"), at("dist/icons"), { recursive: true });
const { version } = JSON.parse(await readFile(at("package.json"), "utf8"));
const manifest = JSON.parse(await readFile(at("manifest.json"), "utf8"));
await writeFile(at("dist/manifest.json"), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
console.log(`extension ${version} is in extension/dist`);
