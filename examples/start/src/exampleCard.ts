import { createElement as createIcon } from 'lucide';
import { element } from './element';
import { addressOf, DASHBOARD_NAMES, type Dashboard, type Example } from './examples';

export function exampleCard(example: Example, showSource: (path: string) => void): HTMLLIElement {
  const { name, icon, text, protocol, pages, read } = example;
  const places = Object.entries(pages) as [Dashboard, string][]; // what Object.entries forgets
  const id = `example-${name.toLowerCase().replace(' ', '-')}`;
  return element(
    'li',
    { class: 'card example', 'aria-labelledby': id },
    element('h3', { id }, createIcon(icon), name),
    element('p', {}, text),
    element('p', { class: 'muted small' }, `Over the wire: ${protocol}`),
    element('p', { class: 'read small' }, 'Read first', ...read.map((path) => sourceButton(path, showSource))),
    element('p', { class: 'open' }, ...places.map(([dashboard, page]) => openLink(name, dashboard, page))),
  );
}

function sourceButton(path: string, showSource: (path: string) => void): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'path' }, path);
  button.addEventListener('click', () => showSource(path));
  return button;
}

function openLink(name: string, dashboard: Dashboard, page: string): HTMLAnchorElement {
  const label = `Open in ${DASHBOARD_NAMES[dashboard]}`;
  const hidden = element('span', { class: 'visually-hidden' }, `: ${name}`);
  return element('a', { class: 'button', href: addressOf(dashboard, page) }, element('span', {}, label, hidden));
}
