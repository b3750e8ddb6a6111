import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A program for a process of its own, in one text that Node reads from its standard input: Node knows no TypeScript everywhere. */
export async function bundleProgram(program: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(program)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['bufferutil', 'utf-8-validate'],
    // `ws` requires what Node has.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('file:///');" },
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild made nothing.');
  return file.text;
}
