// OpenResume's parser: `node openresume.mjs NODE_MODULES` reads the path of a PDF from each line of its
// standard input, and answers with a line of JSON: what it parsed, or null, and how many milliseconds it took.
import { register } from "node:module";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

// pdf.js has a build of its own for Node, which the package does not ask for.
const hook = `export const resolve = (name, context, next) =>
  next(name === "pdfjs-dist" ? "pdfjs-dist/legacy/build/pdf.mjs" : name, context);`;
register("data:text/javascript," + encodeURIComponent(hook));
// pdf.js warns on standard output.
console.log = console.warn = () => {};

const entry = resolve(process.argv[2], "@prolaxu/open-resume-pdf-parser/dist/index.mjs");
const { parseResumeFromPdf } = await import(pathToFileURL(entry));

for await (const file of createInterface({ input: process.stdin })) {
  const began = performance.now();
  const resume = await parseResumeFromPdf(file).catch(() => null);
  const ms = performance.now() - began;
  process.stdout.write(JSON.stringify({ ms, resume }) + "\n");
}
