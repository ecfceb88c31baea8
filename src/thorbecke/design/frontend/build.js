// Bundles the theme, the components it uses and its fonts into one folder of static files.
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = new URL("./", import.meta.url);
const built = fileURLToPath(new URL("../static/design/built/", here));

await rm(built, { recursive: true, force: true });
await build({
  entryPoints: [fileURLToPath(new URL("thorbecke.css", here))],
  outdir: built,
  bundle: true,
  minify: true,
  legalComments: "linked",
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  target: ["chrome111", "firefox113", "safari16.4"],
  logLevel: "warning",
});
