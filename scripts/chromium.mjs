// Finds a Chromium for tests and measurements, with nothing to install where that can be.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium as playwright } from 'playwright';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where the installers of Chrome and Edge put them, by playwright's name for each. */
const CHANNELS = {
  linux: [
    ['chrome', '/opt/google/chrome/chrome'],
    ['msedge', '/opt/microsoft/msedge/msedge'],
  ],
  darwin: [
    ['chrome', '/Applications/Google Chrome.app'],
    ['msedge', '/Applications/Microsoft Edge.app'],
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => [
    ['chrome', join(process.env[variable] ?? '', 'Google/Chrome/Application/chrome.exe')],
    ['msedge', join(process.env[variable] ?? '', 'Microsoft/Edge/Application/msedge.exe')],
  ]),
};

/**
 * What to launch, for playwright's `launch`: `CHROMIUM_PATH`; else the one that comes with
 * `@sparticuz/chromium` (Linux x64); else an installed Chrome or Edge; else playwright's own.
 *
 * @throws {Error} that says what to install, when there is none.
 */
export function resolveChromium() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) {
    if (!existsSync(CHROMIUM_PATH)) throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, and nothing is there.`);
    return { executablePath: CHROMIUM_PATH, args: [...ARGS], env: environment() };
  }
  if (process.platform === 'linux' && process.arch === 'x64') return bundled();
  const [channel] = (CHANNELS[process.platform] ?? []).find(([, path]) => existsSync(path)) ?? [];
  if (channel) return { channel, args: [...ARGS], env: environment() };
  if (existsSync(playwright.executablePath())) return { args: [...ARGS], env: environment() };
  throw new Error(
    'No Chromium to test in. Install Google Chrome or Microsoft Edge, or run `npx playwright install chromium`, ' +
      'or set CHROMIUM_PATH to the program.',
  );
}

/** With a language that every page understands: where `LANG` is `C`, Chromium says `en-US@posix`, which `Intl` refuses. */
const environment = () => ({ ...process.env, LC_ALL: 'en_US.UTF-8' });

function bundled() {
  const folder = unpacked();
  const { LD_LIBRARY_PATH } = process.env;
  const libraries = join(folder, 'al2023/lib');
  const env = { ...environment(), LD_LIBRARY_PATH: LD_LIBRARY_PATH ? `${libraries}:${LD_LIBRARY_PATH}` : libraries };
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(folder, 'fonts');
  return { executablePath: join(folder, 'chromium'), args: [...ARGS], env };
}

/** Unpacked once per version; a half unpacked one is never seen, since it gets its name last. */
function unpacked() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'));
  const cache = join(ROOT, 'node_modules/.cache');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;

  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  try {
    // A process of its own: the package changes the environment it is loaded in, and reads where to unpack from it.
    const unpack = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
    execFileSync(process.execPath, ['--input-type=module', '--eval', unpack], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '', TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    // Its own names folders that exist only where it was made for.
    const fonts = '<?xml version="1.0"?><fontconfig><dir prefix="relative">fonts</dir></fontconfig>';
    writeFileSync(join(fresh, 'fonts/fonts.conf'), fonts);
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another process was faster
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}
