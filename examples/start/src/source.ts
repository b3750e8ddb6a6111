/** The files that the examples name, loaded when somebody wants to read one. */
const SOURCES = import.meta.glob<string>(
  [
    './line.ts',
    '../../*-dashboard/src/line.ts',
    '../../*-dashboard/src/chat/chat.ts',
    '../../vue-dashboard/src/fleet/devices.ts',
    '../../shared/src/page/echo/echoLine.ts',
    '../../server/src/server.ts',
  ],
  { query: '?raw', import: 'default' },
);

/** The text of a file under `examples/`. */
export async function sourceOf(path: string): Promise<string> {
  const load = SOURCES[path.startsWith('start/src/') ? path.replace('start/src/', './') : `../../${path}`];
  if (!load) throw new Error(`${path} is not among the sources that this page can show.`);
  return load();
}
