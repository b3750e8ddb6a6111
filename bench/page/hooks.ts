import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createApp, h } from 'vue';
import type { ParticipantId } from '../adapters/registry';
import { adapterOf, needed } from '../shared/adapterOf';
import { createStage, eventually, painted } from './stage';

/** As many components that do nothing: what remains of the others is the hook's. */
export async function mountBare(count: number, framework: 'react' | 'vue'): Promise<void> {
  const { stage } = createStage('');
  if (framework === 'react') {
    const Bare = () => createElement('i');
    const root = createRoot(stage.root);
    const render = () => root.render(Array.from({ length: count }, (_, key) => createElement(Bare, { key })));
    render();
    await painted();
    render(); // React keeps the tree before beside this one, for everybody who rendered twice
  } else {
    const Bare = { setup: () => () => h('i') };
    createApp(() => Array.from({ length: count }, (_, key) => h(Bare, { key }))).mount(stage.root);
  }
  await painted();
}

let hooked: Element | undefined;

/** Resolves once they have a line, and are rendered. */
export async function mountHooks(id: ParticipantId, url: string, count: number): Promise<void> {
  const { showHooks } = await adapterOf(id);
  const { stage, isReady } = createStage(url);
  needed(showHooks)(stage, count);
  await isReady;
  await painted();
  hooked = stage.root;
}

/** Resolves once a message is shown, by all that have a line: a browser opens only some hundred. */
export async function hooksShown(): Promise<void> {
  const components = [...(hooked?.querySelectorAll('i') ?? [])];
  const isShown = await eventually(() => components.some((component) => component.textContent), 10_000);
  if (!isShown) throw new Error('No message is shown.');
  await painted();
}
