import type { ServerStatus } from '@tautline-examples/shared';
import { formatBytes, formatCount, formatShare } from '@tautline-examples/shared/page/format';
import { byId, element } from './element';
import { line, newest } from './line';
import { formatUptime, serverStateOf } from './serverState';

const FIGURES: readonly { readonly label: string; readonly read: (status: ServerStatus) => string }[] = [
  { label: 'Listening for', read: ({ uptime }) => formatUptime(uptime) },
  { label: 'Clients', read: ({ clients }) => formatCount(clients) },
  { label: 'Streams', read: ({ streams }) => formatCount(streams) },
  { label: 'Processors', read: ({ cpu }) => formatShare(cpu) },
  { label: 'Memory', read: ({ processBytes }) => formatBytes(processBytes) },
];

const values = FIGURES.map(() => element('dd', {}, '–'));

export function buildFigures(): HTMLDivElement[] {
  return FIGURES.map(({ label }, index) => element('div', {}, element('dt', {}, label), values[index] ?? ''));
}

/** Shows how the server is now. What it said last stays, pale, while it says nothing. */
export function showServer(): void {
  const [snapshot, status] = [line.getSnapshot(), newest.getSnapshot()];
  const { label, detail, tone } = serverStateOf(snapshot, status, Date.now());

  const state = byId('state');
  state.dataset['status'] = tone;
  const text = state.querySelector('[role=status]');
  if (text && text.textContent !== label) text.textContent = label; // said again, it would be read out again
  byId('detail').textContent = detail;
  byId('figures').dataset['stale'] = String(snapshot.status !== 'connected');
  if (status) FIGURES.forEach(({ read }, index) => values[index]?.replaceChildren(read(status)));
}
