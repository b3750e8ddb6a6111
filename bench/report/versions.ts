import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTICIPANTS, type Participant } from '../adapters/registry';

/** Of everything that took part, by name; ours by its commit. */
export function versionsOf(root: string, chromium: string): Map<string, string> {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const participants: Participant[] = Object.values(PARTICIPANTS);
  const packages = ['react', 'vue', 'ws', ...participants.flatMap((participant) => participant.package ?? [])];
  return new Map([
    ['Tautline', commit],
    ['Node', process.versions.node],
    ['Chromium', chromium],
    ...packages.map((name) => [name, versionOf(root, name)] as const),
  ]);
}

function versionOf(root: string, name: string): string {
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as {
    version: string; // every package has one
  };
  return manifest.version;
}
