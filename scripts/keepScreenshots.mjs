// Takes the screenshots that test/e2e/pages.test.ts has made on to docs/screenshots, where the README shows them.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MADE = fileURLToPath(new URL('../node_modules/.cache/screenshots/', import.meta.url));
const KEPT = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));

mkdirSync(KEPT, { recursive: true });
for (const name of readdirSync(MADE)) copyFileSync(MADE + name, KEPT + name);
